package probe.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.profile.TimeoutName;

class JudgeTest {
    private static final Incident SILENCE = Diagnoser.incident(Given.target("db.example:5432")
            .fails(FailureName.TIMED_OUT, Phase.CONNECT, 3100, TimeoutName.CONNECT)
            .facts()).orElseThrow();

    private static final Finding NOTE = Finding.note("attempt", "a-note", 1, "A note.");

    private static Finding suggests(Side side, Locus locus) {
        return Finding.suggests(side, locus, "control", "suggests", 1,
                "Suggests " + locus.id() + ".");
    }

    private static Finding points(Side side, Locus locus) {
        return Finding.points(side, locus, "control", "points", 1, "Points to " + locus.id() + ".");
    }

    private static Finding proves(Side side, Locus locus) {
        return Finding.proves(side, locus, "kernel", "proves", 1, "Proves " + locus.id() + ".");
    }

    private static Verdict weigh(Finding... findings) {
        return Judge.weigh(SILENCE, List.of(findings));
    }

    private static String spoken(Verdict verdict) {
        return verdict.side().id() + " " + verdict.locus().id() + " " + verdict.confidence().id();
    }

    @Test
    void without_a_finding_the_prior_speaks_low() {
        assertEquals("client local-network low", spoken(weigh()));
        assertEquals("client local-network low", spoken(weigh(NOTE)));
    }

    @Test
    void a_suggestion_turns_the_prior_and_stays_low() {
        assertEquals("server remote-host low",
                spoken(weigh(suggests(Side.SERVER, Locus.REMOTE_HOST))));
    }

    @Test
    void a_pointer_is_medium_and_a_proof_is_high() {
        assertEquals("server remote-host medium",
                spoken(weigh(NOTE, points(Side.SERVER, Locus.REMOTE_HOST))));
        assertEquals("server remote-host high",
                spoken(weigh(proves(Side.SERVER, Locus.REMOTE_HOST))));
    }

    @Test
    void the_heaviest_finding_wins() {
        assertEquals("server remote-host medium",
                spoken(weigh(suggests(Side.CLIENT, Locus.LOCAL_HOST),
                        points(Side.SERVER, Locus.REMOTE_HOST))));
        assertEquals("server remote-host high", spoken(weigh(points(Side.CLIENT, Locus.LOCAL_HOST),
                proves(Side.SERVER, Locus.REMOTE_HOST))));
    }

    @Test
    void many_pointers_do_not_make_a_proof() {
        assertEquals("server remote-host medium",
                spoken(weigh(points(Side.SERVER, Locus.REMOTE_HOST),
                        points(Side.SERVER, Locus.REMOTE_SERVICE),
                        points(Side.SERVER, Locus.REMOTE_HOST))));
    }

    @Test
    void opposite_proofs_go_to_the_own_machine_and_are_medium() {
        Verdict verdict = weigh(proves(Side.SERVER, Locus.REMOTE_HOST),
                proves(Side.CLIENT, Locus.LOCAL_HOST));
        assertEquals("client local-host medium", spoken(verdict));
        assertEquals(Locus.REMOTE_HOST, verdict.alternatives().getFirst().locus());
    }

    @Test
    void opposite_pointers_of_which_none_is_here_go_with_the_prior_and_are_low() {
        assertEquals("client proxy low", spoken(weigh(points(Side.SERVER, Locus.REMOTE_HOST),
                points(Side.CLIENT, Locus.PROXY))));
    }

    @Test
    void of_agreeing_findings_the_first_names_the_place() {
        assertEquals("server remote-service medium",
                spoken(weigh(points(Side.SERVER, Locus.REMOTE_SERVICE),
                        points(Side.SERVER, Locus.REMOTE_HOST))));
    }

    @Test
    void what_lies_between_is_never_more_than_medium() {
        assertEquals("server path medium", spoken(weigh(proves(Side.SERVER, Locus.PATH))));
        assertEquals("server path low", spoken(weigh(suggests(Side.SERVER, Locus.PATH))));
    }

    @Test
    void below_high_the_other_side_is_among_the_alternatives() {
        for (Verdict verdict : List.of(weigh(), weigh(points(Side.SERVER, Locus.REMOTE_HOST)),
                weigh(proves(Side.SERVER, Locus.PATH)))) {
            assertTrue(
                    verdict.alternatives().stream().anyMatch(one -> one.side() != verdict.side()),
                    () -> verdict.toString());
        }
    }

    @Test
    void the_other_side_is_named_even_after_many_alternatives_on_this_one() {
        Alternative[] own = {on(Locus.PATH), on(Locus.REMOTE_SERVICE), on(Locus.CONFIGURATION),
            on(Locus.RESOLVER)};
        Verdict verdict = weigh(
                Finding.points(Side.SERVER, Locus.REMOTE_HOST, "control", "c", 1, "T.", own));
        assertEquals(4, verdict.alternatives().size());
        assertEquals(Side.CLIENT, verdict.alternatives().getLast().side());
    }

    private static Alternative on(Locus locus) {
        return new Alternative(Side.SERVER, locus, "It lies in " + locus.id() + ".", "look");
    }

    @Test
    void a_place_is_told_once_and_never_as_its_own_alternative() {
        Verdict verdict = weigh(points(Side.SERVER, Locus.REMOTE_HOST),
                suggests(Side.CLIENT, Locus.LOCAL_HOST),
                suggests(Side.CLIENT, Locus.LOCAL_HOST));
        assertEquals(2, verdict.alternatives().size());
        assertFalse(
                verdict.alternatives().stream().anyMatch(one -> one.locus() == Locus.REMOTE_HOST));
    }

    @Test
    void a_proof_needs_no_alternative_and_still_shows_what_points_the_other_way() {
        assertEquals(List.of(), weigh(proves(Side.SERVER, Locus.REMOTE_HOST),
                suggests(Side.CLIENT, Locus.LOCAL_HOST)).alternatives());
        assertEquals(Locus.LOCAL_HOST, weigh(proves(Side.SERVER, Locus.REMOTE_HOST),
                points(Side.CLIENT, Locus.LOCAL_HOST)).alternatives().getFirst().locus());
    }

    @Test
    void weight_without_a_side_is_refused_and_so_is_a_side_without_weight() {
        Evidence none = new Evidence("attempt", "f", 1, null, "T.");
        Evidence client = new Evidence("attempt", "f", 1, Side.CLIENT, "T.");
        assertThrows(IllegalArgumentException.class,
                () -> new Finding(none, Finding.Weight.POINTS, Locus.PATH, List.of()));
        assertThrows(IllegalArgumentException.class,
                () -> new Finding(client, Finding.Weight.NOTE, Locus.PATH, List.of()));
    }
}
