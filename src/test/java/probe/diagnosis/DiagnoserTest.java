package probe.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.profile.TimeoutName;

class DiagnoserTest {

    @Test
    void a_target_that_did_what_was_asked_is_healthy() {
        assertEquals(Optional.empty(), Diagnoser.diagnose(Given.connected().facts()));
    }

    @Test
    void one_good_address_makes_a_target_healthy() {
        Facts facts = Given.target("db.example:5432")
                .fails(FailureName.TIMED_OUT, Phase.CONNECT, 3100, TimeoutName.CONNECT)
                .with(Given.connected().at("192.0.2.8"));
        assertEquals(Optional.empty(), Diagnoser.diagnose(facts));
    }

    @Test
    void a_target_on_which_nothing_was_tried_does_not_pass_for_healthy() {
        Facts facts = new Facts(Given.connected().facts().target(), List.of(),
                List.of());
        assertEquals(Confidence.LOW, Diagnoser.diagnose(facts).orElseThrow().confidence());
    }

    @Test
    void the_attempt_that_got_farthest_is_judged() {
        Facts facts = Given.target("db.example:5432")
                .at("2001:db8::7")
                .fails(FailureName.NETWORK_UNREACHABLE, Phase.CONNECT, 0.1, null)
                .with(Given.target("db.example:5432")
                        .fails(FailureName.TIMED_OUT, Phase.CONNECT, 3100, TimeoutName.CONNECT),
                        Given.target("db.example:5432")
                                .at("192.0.2.8")
                                .fails(FailureName.REFUSED, Phase.CONNECT, 21, null));
        Diagnosis diagnosis = Diagnoser.diagnose(facts).orElseThrow();
        assertEquals(Kind.REFUSED, diagnosis.kind());
        assertTrue(diagnosis.summary().contains("192.0.2.8:5432"), diagnosis.summary());
    }
}
