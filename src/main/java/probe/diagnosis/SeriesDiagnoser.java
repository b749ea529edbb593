package probe.diagnosis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import probe.attempt.Attempt;
import probe.attempt.Phase;
import probe.diagnosis.Series.Handshakes;
import probe.diagnosis.Series.Pattern;
import probe.diagnosis.Series.Round;
import probe.profile.Setting;
import probe.profile.TimeoutName;

/**
 * What a series tells beyond the one round that stands for it: how often, in which order, and what that excludes. A
 * filter that drops every packet cannot let some through; a name that does not exist cannot exist in between.
 */
public final class SeriesDiagnoser {
    /** The 97.5th percentile of the normal distribution, for an interval of 95 %. */
    private static final double Z = 1.959964;

    /** What one server says in the same way every time it is asked. */
    private static final Set<Kind> ONE_SERVERS_WORD = Set.of(Kind.TLS_NOT_TLS,
            Kind.TLS_CERT_EXPIRED, Kind.TLS_CERT_NOT_YET_VALID, Kind.TLS_CERT_SELF_SIGNED,
            Kind.TLS_CERT_UNTRUSTED, Kind.TLS_CERT_NAME_MISMATCH, Kind.TLS_PROTOCOL_MISMATCH,
            Kind.TLS_CIPHER_MISMATCH, Kind.HTTP_UNAUTHORIZED, Kind.HTTP_FORBIDDEN,
            Kind.HTTP_NOT_FOUND, Kind.UNEXPECTED_REPLY, Kind.HTTP_UNEXPECTED_STATUS);

    private SeriesDiagnoser() {}

    /** The kind of fault that the failed rounds had most often; of equals the later one. */
    public static Optional<Kind> commonest(Series series) {
        Kind best = null;
        long most = 0;
        for (Map.Entry<Kind, Long> entry : counts(series).entrySet()) {
            if (entry.getValue() >= most) {
                best = entry.getKey();
                most = entry.getValue();
            }
        }
        return Optional.ofNullable(best);
    }

    private static Map<Kind, Long> counts(Series series) {
        Map<Kind, Long> counts = new LinkedHashMap<>();
        for (Round round : series.rounds()) {
            if (round.kind() != null) {
                counts.merge(round.kind(), 1L, Long::sum);
            }
        }
        return counts;
    }

    /**
     * The verdict on one round, seen beside the others.
     *
     * @param one the verdict on the round that stands for all
     * @param facts of that round
     */
    public static Diagnosis judge(Diagnosis one, Facts facts, Series series) {
        if (series.made() < 2) {
            return one;
        }
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(
                new Evidence("series", "rounds-failed", series.failed() + " of " + series.made(),
                        null, how(series) + "."));
        List<Alternative> alternatives = new ArrayList<>(one.alternatives());
        Diagnosis turned = one;
        Optional<String> loss = loss(series, limit(facts));
        if (loss.isPresent()) {
            Handshakes seen = series.handshakes();
            evidence.add(new Evidence("series", "first-syn-unanswered",
                    seen.late() + seen.unanswered() + " of " + seen.count(), null, loss.get()));
            turned = lossy(one, facts, alternatives);
        }
        evidence.addAll(turned.evidence());
        StringBuilder summary = new StringBuilder(how(series)).append(". ");
        loss.ifPresent(text -> summary.append(text).append(' '));
        summary.append(one.summary());
        came(one, series).ifPresent(text -> summary.append(' ').append(text));
        return new Diagnosis(one.kind(), one.phase(), turned.side(), turned.locus(),
                turned.confidence(), summary.toString(), List.copyOf(evidence),
                List.copyOf(alternatives), one.requestProcessed());
    }

    /** Warnings that only a series gives. */
    public static Optional<Warning> warning(Series series, Facts facts) {
        return loss(series, limit(facts)).map(text -> new Warning("packet-loss", text));
    }

    /** What failed at first and has worked since is healthy, and worth a word. */
    public static Optional<Warning> recovery(Series series) {
        return series.pattern() == Pattern.RECOVERED
                ? Optional.of(new Warning("recovered", how(series) + "."))
                : Optional.empty();
    }

    /** {@code 3 of 20 attempts failed (3 × refused): they came and went}. */
    private static String how(Series series) {
        String kinds = counts(series).entrySet()
                .stream()
                .map(entry -> entry.getValue() + " × " + entry.getKey().id())
                .collect(Collectors.joining(", "));
        int made = series.made();
        return switch (series.pattern()) {
            case HEALTHY -> "All " + made + " attempts worked";
            case STEADY -> "All " + made + " attempts failed in the same way";
            case CHANGING -> "All " + made + " attempts failed (" + kinds
                    + "); judged by the most frequent";
            case RECOVERED -> "The first " + series.failed() + " of " + made
                    + " attempts failed (" + kinds + ") and none after them: it has passed for now";
            case BROKE -> "The last " + series.failed() + " of " + made + " attempts failed ("
                    + kinds + ") and none before them: it broke while it was watched";
            case FLAPPING -> series.failed() + " of " + made + " attempts failed (" + kinds
                    + "), with others between that worked: it comes and goes";
        };
    }

    /**
     * Lost SYNs, where they are spread among others that were answered. A stretch of silence at one end is an outage
     * and no loss rate.
     */
    private static Optional<String> loss(Series series, @Nullable Duration limit) {
        Handshakes seen = series.handshakes();
        int lost = seen.late() + seen.unanswered();
        boolean spread = series.pattern() == Pattern.FLAPPING
                || series.pattern() == Pattern.HEALTHY;
        if (!spread || lost == 0 || lost == seen.count() || series.made() < 2) {
            return Optional.empty();
        }
        String what = seen.unanswered() == 0
                ? lost + " of " + seen.count() + " handshakes needed a SYN retransmission"
                : lost + " of " + seen.count() + " handshakes got no answer to their first SYN";
        String turns = seen.unanswered() == 0 || limit == null
                ? "; a connect timeout of 1 s would turn each into an error."
                : seen.late() == 0
                        ? "; your connect timeout of " + Words.spoken(limit)
                                + " turns each into an error."
                        : "; " + seen.late() + " of them were answered after a retransmission, "
                                + seen.unanswered() + " ended in your connect timeout of "
                                + Words.spoken(limit) + ".";
        return Optional.of(what + ": about " + Math.round(100.0 * lost / seen.count())
                + " % loss (95 % interval " + interval(lost, seen.count()) + ")" + turns);
    }

    /** Wilson's score interval, which holds for few trials as well (E. B. Wilson, 1927). */
    static String interval(int hits, int trials) {
        double share = (double) hits / trials;
        double denominator = 1 + Z * Z / trials;
        double centre = (share + Z * Z / (2 * trials)) / denominator;
        double half = Z / denominator
                * Math.sqrt(share * (1 - share) / trials + Z * Z / (4.0 * trials * trials));
        return Math.round(100 * Math.max(0, centre - half)) + " to "
                + Math.round(100 * Math.min(1, centre + half)) + " %";
    }

    private static @Nullable Duration limit(Facts facts) {
        return facts.attempts()
                .stream()
                .map(attempt -> attempt.timeouts().get(TimeoutName.CONNECT))
                .filter(setting -> setting != null)
                .map(Setting::value)
                .findFirst()
                .orElse(null);
    }

    /**
     * Handshakes that fail among others that do not: no filter drops now and then. What remains is loss on the way,
     * which the client can outlive with a longer limit, and an accept queue that is full at times. On loopback nothing
     * is lost on the way.
     */
    private static Diagnosis lossy(Diagnosis one, Facts facts, List<Alternative> alternatives) {
        boolean local = facts.attempts()
                .stream()
                .map(Attempt::address)
                .allMatch(address -> address == null || Loopback.isLiteral(address));
        if (local || one.kind() != Kind.CONNECT_TIMEOUT || one.phase() != Phase.CONNECT) {
            return one;
        }
        Duration limit = limit(facts);
        boolean single = limit != null && SynLoss.instants(facts).get(1).compareTo(limit) > 0;
        Side side = single ? Side.CLIENT : one.side();
        alternatives.clear();
        alternatives.add(new Alternative(Side.SERVER, Locus.REMOTE_SERVICE,
                "The service's accept queue is full at times, and its kernel drops SYNs then.",
                "on the host: nstat -az TcpExtListenDrops TcpExtListenOverflows"));
        if (side == Side.SERVER) {
            alternatives.add(new Alternative(Side.CLIENT, Locus.LOCAL_NETWORK,
                    "Packets are lost on this side's own network.",
                    "probe --attempts 20 to the gateway or to --control HOST:PORT"));
        }
        return new Diagnosis(one.kind(), one.phase(), side, Locus.PATH,
                single ? Confidence.MEDIUM : Confidence.LOW, one.summary(), one.evidence(),
                one.alternatives(),
                one.requestProcessed());
    }

    /** What a permanent cause that comes and goes says: more than one server answers. */
    private static Optional<String> came(Diagnosis one, Series series) {
        if (series.pattern() != Pattern.FLAPPING) {
            return Optional.empty();
        }
        return Optional.of(one.kind())
                .filter(ONE_SERVERS_WORD::contains)
                .map(kind -> "What one answer says and the next does not, two servers say: look at"
                        + " each instance behind this name.");
    }
}
