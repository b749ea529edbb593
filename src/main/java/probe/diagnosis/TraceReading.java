package probe.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import probe.evidence.PathTrace;
import probe.evidence.PathTrace.Answer;
import probe.evidence.PathTrace.Hop;

/** What a trace means, in sentences: how far packets to a port get, beside those to another port of the host. */
public final class TraceReading {
    private TraceReading() {}

    /**
     * The sentences, one at least.
     *
     * @param trace to the port that was asked for
     * @param other to another port of the same host, or empty where none was traced
     */
    public static List<String> of(PathTrace trace, Optional<PathTrace> other) {
        List<String> sentences = new ArrayList<>();
        Optional<Hop> end = trace.host();
        if (end.isPresent()) {
            sentences.add(end(end.get(), trace.port()));
            return sentences;
        }
        int last = last(trace);
        sentences.add(last == 0
                ? "Nobody on the way answers, not even the first router: it is silent by habit, or packets to port "
                        + trace.port() + " do not leave this machine."
                : "Packets to port " + trace.port() + " get as far as hop " + last
                        + ", and nobody answers beyond.");
        other.ifPresent(beside -> sentences.add(beside(last, beside)));
        return sentences;
    }

    private static String end(Hop end, int port) {
        String where = " at hop " + end.ttl() + ", " + Words.spoken(end.after()) + " away.";
        return switch (end.answer()) {
            case CONNECTED -> "Port " + port + " takes connections" + where;
            case RESET -> "Port " + port + " refuses connections" + where;
            case UNREACHABLE -> end.from() + " says that packets to port " + port
                    + " go no farther," + where.substring(0, where.length() - 1)
                    + ": a filter or a missing route there.";
            case ROUTER, SILENT -> throw new IllegalArgumentException(end + " is no end");
        };
    }

    /** Silence is an answer only where somebody speaks beside it (section 1.2 of the experiments). */
    private static String beside(int last, PathTrace other) {
        int beyond = other.host()
                .filter(hop -> hop.answer() != Answer.UNREACHABLE)
                .map(Hop::ttl)
                .orElse(last(other));
        if (beyond > last + 1) {
            return "Packets to port " + other.port() + " of the same host get to hop " + beyond
                    + ": those to this port are dropped behind hop " + last + ", before the host.";
        }
        return other.host().isPresent()
                ? "Port " + other.port() + " of the same host answers at hop " + beyond
                        + ": the host or the router before it drops what goes to this port, or its accept"
                        + " queue is full."
                : "Packets to port " + other.port()
                        + " of the same host fare no better: the host is down, or all of it is cut off."
                        + " Routers need not answer, so their silence proves nothing.";
    }

    private static int last(PathTrace trace) {
        return trace.lastRouter().map(Hop::ttl).orElse(0);
    }
}
