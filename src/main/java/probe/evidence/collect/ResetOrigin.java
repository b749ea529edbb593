package probe.evidence.collect;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import probe.evidence.AnswerTtl;
import probe.evidence.ControlResult.Outcome;
import probe.profile.Durations;
import probe.target.AddressText;

/**
 * Measures with how many hops left the answers of ports arrive: the largest {@code IP_MINTTL} with which a socket
 * still gets one. A reset whose TTL differs from that of the host's other answers was not sent by the host (section
 * 1.3 of the experiments: 5 of 5).
 *
 * <p>Costs 6 SYNs in each of 4 rounds for each port; a round waits for the silent ones twice the round trip and a
 * margin. Needs Linux and the system calls; IPv4 and IPv6. Not for ICMP answers: routers send too few of them.
 */
final class ResetOrigin {
    /** With 6 sockets a round, 255 candidates are down to one in four rounds: 255, 43, 8, 2. */
    private static final int SOCKETS = 6;
    private static final int HIGHEST = 255;
    /** For answers that are slow once. */
    static final Duration MARGIN = Duration.ofMillis(60);

    private final Connector connector;

    ResetOrigin(Connector connector) {
        this.connector = connector;
    }

    /**
     * The TTLs of the answers of these ports.
     *
     * @param remotes ports that answer
     * @param roundTrip how long their answers take
     */
    List<AnswerTtl> measure(List<InetSocketAddress> remotes, Duration roundTrip) {
        List<Search> searches = remotes.stream().map(Search::new).toList();
        Duration wait = Durations.times(roundTrip, 2).plus(MARGIN);
        while (searches.stream().anyMatch(Search::isOpen)) {
            List<ConnectPlan> plans = new ArrayList<>();
            searches.forEach(search -> plans.addAll(search.plans()));
            for (ConnectResult result : connector.connect(plans, wait)) {
                searches.stream()
                        .filter(search -> search.remote.equals(result.plan().remote()))
                        .forEach(search -> search.learn(result));
            }
            searches.forEach(Search::endRound);
        }
        return searches.stream().map(Search::found).flatMap(Optional::stream).toList();
    }

    /** The search for one port's TTL: at least {@code low}, below {@code high}. */
    private static final class Search {
        private final InetSocketAddress remote;
        private int low;
        private int high = HIGHEST + 1;
        private int answered;
        private int silent = HIGHEST + 1;
        private Outcome outcome = Outcome.FAILED;

        Search(InetSocketAddress remote) {
            this.remote = remote;
        }

        boolean isOpen() {
            return high - low > 1;
        }

        List<ConnectPlan> plans() {
            List<ConnectPlan> plans = new ArrayList<>();
            int width = high - low;
            int before = low;
            for (int i = 1; isOpen() && i <= SOCKETS; i++) {
                int candidate = low + (width * i) / (SOCKETS + 1);
                if (candidate > before) {
                    plans.add(new ConnectPlan(remote, 0, candidate));
                    before = candidate;
                }
            }
            if (plans.isEmpty() && isOpen()) {
                plans.add(new ConnectPlan(remote, 0, low + 1));
            }
            return plans;
        }

        void learn(ConnectResult result) {
            int ttl = result.plan().minTtl();
            if (result.icmp() == null && result.outcome().answered()) {
                outcome = result.outcome();
                answered = Math.max(answered, ttl);
            } else {
                silent = Math.min(silent, ttl);
            }
        }

        void endRound() {
            if (silent < answered) {
                // A packet got lost, or the port changed its mind: no number is better than a wrong one.
                low = 0;
                high = 1;
                outcome = Outcome.FAILED;
                return;
            }
            low = Math.max(low, answered);
            high = Math.min(high, Math.max(silent, low + 1));
        }

        Optional<AnswerTtl> found() {
            if (!outcome.answered() || low == 0) {
                return Optional.empty();
            }
            return Optional.of(new AnswerTtl(AddressText.of(remote.getAddress()), remote.getPort(),
                    outcome == Outcome.CONNECTED ? AnswerTtl.Answer.SYN_ACK
                            : AnswerTtl.Answer.RESET,
                    low));
        }
    }
}
