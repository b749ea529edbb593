package probe.evidence.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import probe.evidence.AnswerTtl;
import probe.evidence.ControlResult.Outcome;
import probe.evidence.IcmpMessage;
import probe.evidence.IcmpMessage.Meaning;
import probe.evidence.PathTrace;
import probe.evidence.PathTrace.Answer;

/** Traces and TTL searches against a network that is played. */
class DeepLookTest {
    private static final InetSocketAddress REMOTE = new InetSocketAddress(
            InetAddress.ofLiteral("192.0.2.7"), 443);
    private final List<ConnectPlan> sent = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 30, 43, 54, 62, 63, 64, 127, 128, 200, 254, 255})
    void the_ttl_of_an_answer_is_found_exactly_with_few_packets(int ttl) {
        Connector network = play(plan -> plan.minTtl() <= ttl ? Outcome.REFUSED
                : Outcome.TIMED_OUT);
        assertEquals(List.of(new AnswerTtl("192.0.2.7", 443, AnswerTtl.Answer.RESET, ttl)),
                new ResetOrigin(network).measure(List.of(REMOTE), Duration.ofMillis(1)));
        assertTrue(sent.size() <= 24, () -> sent.size() + " packets");
    }

    @Test
    void a_port_that_never_answers_has_no_ttl() {
        Connector network = play(_ -> Outcome.TIMED_OUT);
        assertEquals(List.of(), new ResetOrigin(network).measure(List.of(REMOTE),
                Duration.ofMillis(1)));
    }

    @Test
    void answers_that_contradict_each_other_give_no_ttl() {
        Connector network = play(plan -> plan.minTtl() > 100 ? Outcome.REFUSED
                : Outcome.TIMED_OUT);
        assertEquals(List.of(), new ResetOrigin(network).measure(List.of(REMOTE),
                Duration.ofMillis(1)));
    }

    @Test
    void a_trace_ends_at_the_first_hop_that_is_the_host() {
        Connector network = play(plan -> plan.ttl() < 3 ? Outcome.UNREACHABLE : Outcome.CONNECTED);
        PathTrace trace = new PathTracer(network).trace(REMOTE, 8, Duration.ofMillis(1));
        assertEquals(List.of(Answer.ROUTER, Answer.ROUTER, Answer.CONNECTED),
                trace.hops().stream().map(PathTrace.Hop::answer).toList());
        assertEquals(3, trace.host().orElseThrow().ttl());
        assertEquals(2, trace.lastRouter().orElseThrow().ttl());
        assertEquals(8, sent.size());
    }

    @Test
    void a_trace_into_silence_shows_where_it_begins() {
        Connector network = play(plan -> plan.ttl() < 3 ? Outcome.UNREACHABLE : Outcome.TIMED_OUT);
        PathTrace trace = new PathTracer(network).trace(REMOTE, 20, Duration.ofMillis(1));
        assertEquals(List.of(Answer.ROUTER, Answer.ROUTER, Answer.SILENT),
                trace.hops().stream().map(PathTrace.Hop::answer).toList());
        assertTrue(trace.host().isEmpty());
    }

    @Test
    void a_hop_that_says_no_more_than_silence_is_passed_over() {
        Connector network = play(plan -> plan.ttl() == 2 ? Outcome.TIMED_OUT
                : plan.ttl() < 4 ? Outcome.UNREACHABLE : Outcome.REFUSED);
        PathTrace trace = new PathTracer(network).trace(REMOTE, 6, Duration.ofMillis(1));
        assertEquals(List.of(Answer.ROUTER, Answer.SILENT, Answer.ROUTER, Answer.RESET),
                trace.hops().stream().map(PathTrace.Hop::answer).toList());
    }

    /** A network in which UNREACHABLE stands for a TTL that ran out. */
    private Connector play(Function<ConnectPlan, Outcome> network) {
        return (plans, _) -> {
            sent.addAll(plans);
            return plans.stream().map(plan -> {
                Outcome outcome = network.apply(plan);
                IcmpMessage icmp = outcome == Outcome.UNREACHABLE
                        ? new IcmpMessage(Meaning.TTL_EXCEEDED, 11, 0, 113, "192.0.2.1", 64)
                        : null;
                return new ConnectResult(plan, outcome, 0, icmp, Duration.ofMillis(1));
            }).toList();
        };
    }
}
