package probe.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import probe.evidence.PathTrace;
import probe.evidence.PathTrace.Answer;
import probe.evidence.PathTrace.Hop;

/** The table of section 1.2 of the experiments: a client, two routers, a server at hop 3. */
class TraceReadingTest {

    private static PathTrace trace(int port, Answer... answers) {
        List<Hop> hops = new ArrayList<>();
        for (Answer answer : answers) {
            hops.add(new Hop(hops.size() + 1, answer,
                    answer == Answer.SILENT ? null : "10.0." + hops.size() + ".1",
                    Duration.ofMillis(20)));
        }
        return new PathTrace("10.0.2.1", port, hops);
    }

    private static String read(PathTrace trace, PathTrace other) {
        return String.join(" ", TraceReading.of(trace, Optional.of(other)));
    }

    private final PathTrace closed = trace(1, Answer.ROUTER, Answer.ROUTER, Answer.RESET);
    private final PathTrace silent = trace(1, Answer.ROUTER, Answer.SILENT, Answer.SILENT);

    @Test
    void an_end_speaks_for_itself() {
        assertEquals(List.of("Port 80 takes connections at hop 3, 20 ms away."),
                TraceReading.of(
                        trace(80, Answer.ROUTER, Answer.ROUTER, Answer.CONNECTED),
                        Optional.of(silent)));
        assertEquals(List.of("Port 80 refuses connections at hop 1, 20 ms away."),
                TraceReading.of(trace(80, Answer.RESET), Optional.empty()));
        assertEquals(
                List.of("10.0.1.1 says that packets to port 80 go no farther, at hop 2, 20 ms away:"
                        + " a filter or a missing route there."),
                TraceReading.of(trace(80, Answer.ROUTER, Answer.UNREACHABLE), Optional.empty()));
    }

    @Test
    void a_drop_at_the_first_router_is_told_from_one_at_the_last() {
        String first = read(trace(80, Answer.ROUTER, Answer.SILENT), closed);
        assertTrue(first.contains("dropped behind hop 1, before the host"), first);
        String last = read(trace(80, Answer.ROUTER, Answer.ROUTER, Answer.SILENT), closed);
        assertTrue(last.contains("the host or the router before it drops"), last);
    }

    @Test
    void silence_beside_silence_proves_nothing() {
        String both = read(trace(80, Answer.ROUTER, Answer.SILENT), silent);
        assertTrue(both.contains("proves nothing"), both);
        String none = read(trace(80, Answer.SILENT), trace(1, Answer.SILENT));
        assertTrue(none.startsWith("Nobody on the way answers"), none);
    }
}
