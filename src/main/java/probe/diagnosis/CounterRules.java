package probe.diagnosis;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import probe.attempt.Phase;
import probe.evidence.CounterChanges;
import probe.evidence.ResendCheck;
import probe.evidence.TransmitTimes;

/** What this machine's IP and TCP counters tell of its own packet filter. */
final class CounterRules {
    /** In so short a watch a packet that is lost locally is ours. */
    private static final Duration SHORT = Duration.ofMillis(10);

    private CounterRules() {}

    /**
     * Packets that IP was asked to send and that never left it. A filter's silent drop leaves no trace at the socket,
     * but here it counts: one for each SYN, in 5 of 5 runs under load, and none for a drop elsewhere (section 1.1). The
     * counters are the namespace's, so only numbers that leave room for nobody else are a proof; and while others of
     * this program send, they also count what is on its way between the two counts.
     */
    static List<Finding> theOwnOutputFilterTakesThePackets(Incident incident) {
        List<CounterChanges> losing = Observed.counters(incident)
                .filter(one -> lost(one) > 0)
                .toList();
        Optional<CounterChanges> changes = losing.stream()
                .filter(one -> isOursAlone(one, lost(one)))
                .findFirst()
                .or(() -> losing.stream().findFirst());
        if (changes.isEmpty() || !isConnecting(incident)) {
            return List.of();
        }
        CounterChanges seen = changes.get();
        long lost = lost(seen);
        String text = Words.count(lost, "packet", "packets")
                + " of this machine never left it: its own output filter took them";
        boolean shared = seen.othersPending() > 0 && lost != seen.synsSent();
        if (shared) {
            return List.of(Finding.suggests(Side.CLIENT, Locus.LOCAL_HOST, "kernel",
                    OwnFilter.TAKES, lost,
                    Words.count(lost, "packet", "packets") + " of this machine, of this attempt or"
                            + " of others made at the same time, had not left it."));
        }
        return List.of(isOursAlone(seen, lost)
                ? Finding.proves(Side.CLIENT, Locus.LOCAL_HOST, "kernel", OwnFilter.TAKES,
                        lost, text + ", one for each connection attempt (SYN) of that time.")
                : Finding.points(Side.CLIENT, Locus.LOCAL_HOST, "kernel", OwnFilter.TAKES,
                        lost, text + ".",
                        new Alternative(Side.SERVER, Locus.REMOTE_HOST,
                                "The packets are another program's, and this host is silent for reasons of its own.",
                                "nft list ruleset, iptables -S and -L -v on this machine")));
    }

    private static long lost(CounterChanges seen) {
        return seen.outNotTransmitted() == null ? 0 : seen.outNotTransmitted();
    }

    private static boolean isOursAlone(CounterChanges seen, long lost) {
        if (seen.othersPending() > 0) {
            return false;
        }
        boolean repeat = seen.synsSent() == 1 && lost == 1
                && seen.interval().compareTo(SHORT) < 0;
        boolean each = seen.synsSent() > 1 && lost == seen.synsSent();
        return repeat || each || seen.synsSent() == 0 && lost == seen.retransmitFailures()
                && lost == seen.synRetransmits();
    }

    /**
     * A request was reset, and so were as many empty bytes on each of several new connections, none of which left this
     * machine: its own output filter answers in the far end's name.
     */
    static List<Finding> theOwnFilterResetsWhatIsSent(Incident incident) {
        Optional<ResendCheck> check = Observed.resend(incident)
                .filter(one -> one.connections() > 1 && one.resets() == one.connections()
                        && one.notTransmitted() >= one.connections());
        return check.isPresent() && incident.is(Kind.RESET)
                ? List.of(Finding.proves(Side.CLIENT, Locus.LOCAL_HOST, "kernel",
                        OwnFilter.TAKES, check.get().notTransmitted(),
                        "As many empty bytes on " + check.get().connections()
                                + " new connections were reset as well, and not one of their packets"
                                + " left this machine: its own output filter resets them."))
                : List.of();
    }

    /**
     * By the kernel's own times, as many empty bytes on a new connection never got past this machine's packet filter
     * (section 2.2: what an output filter drops has no time at all, 5 of 5), or did so at once.
     */
    static List<Finding> whatNeverReachedTheDriverIsKeptHere(Incident incident) {
        Optional<TransmitTimes> times = Observed.transmitted(incident)
                .filter(one -> one.acknowledgedAfter() == null);
        if (times.isEmpty() || !Observed.waitsInVain(incident) && !incident.is(Kind.RESET)) {
            return List.of();
        }
        Duration sent = times.get().sentAfter();
        return List.of(sent == null
                ? Finding.proves(Side.CLIENT, Locus.LOCAL_HOST, "kernel", OwnFilter.HOLDS, "never",
                        "By the kernel's own times, as many empty bytes on a new connection never"
                                + " reached a network device: this machine's own output filter takes them.")
                : Finding.note("kernel", OwnFilter.HOLDS, Words.millis(sent),
                        "As many empty bytes on a new connection left this machine within "
                                + Words.spoken(sent) + " and were not acknowledged."));
    }

    /**
     * Packets that came and were given to nobody, while we hear nothing: an input filter drops the answer (section
     * 1.1: 5 to 8 for 4 SYNs, 0 elsewhere). Stray packets for others count as well, so it points and proves nothing.
     */
    static List<Finding> theOwnInputFilterTakesTheAnswer(Incident incident) {
        Optional<CounterChanges> changes = Observed.counters(incident)
                .filter(one -> one.inNotDelivered() > 0 && one.synRetransmits() > 0)
                .findFirst();
        if (changes.isEmpty() || !Observed.isSilentHandshake(incident)) {
            return List.of();
        }
        List<CounterChanges> asked = Observed.counters(incident)
                .filter(one -> one.synsSent() > 1)
                .toList();
        if (asked.size() > 1 && asked.stream().allMatch(CounterRules::answersEachSyn)) {
            long syns = asked.stream().mapToInt(CounterChanges::synsSent).sum();
            return List.of(Finding.proves(Side.CLIENT, Locus.LOCAL_HOST, "kernel",
                    OwnFilter.KEEPS, syns,
                    "For each of " + syns + " more connection attempts (SYN), made in "
                            + asked.size() + " turns, one packet came to this machine and reached"
                            + " no program: an input filter drops the answers."));
        }
        CounterChanges seen = changes.get();
        String text = Words.count(seen.inNotDelivered(), "packet", "packets")
                + " came to this machine meanwhile and reached no program";
        boolean answersEachSyn = seen.othersPending() == 0
                && seen.inNotDelivered() >= seen.synRetransmits();
        return List.of(answersEachSyn
                ? Finding.points(Side.CLIENT, Locus.LOCAL_HOST, "kernel", OwnFilter.KEEPS,
                        seen.inNotDelivered(),
                        text + ", at least one for each connection attempt (SYN) sent again: an"
                                + " input filter drops the answers.",
                        new Alternative(Side.SERVER, Locus.REMOTE_HOST,
                                "The packets were for others, and the host is silent.",
                                "nft list ruleset, iptables -S and -L -v on this machine"))
                : Finding.suggests(Side.CLIENT, Locus.LOCAL_HOST, "kernel", OwnFilter.KEEPS,
                        seen.inNotDelivered(), text + "."));
    }

    private static boolean answersEachSyn(CounterChanges seen) {
        return seen.inNotDelivered() == seen.synsSent() && seen.othersPending() == 0;
    }

    private static boolean isConnecting(Incident incident) {
        return incident.in(Phase.CONNECT) && (Observed.isSilentHandshake(incident)
                || incident.is(Kind.REFUSED, Kind.HOST_UNREACHABLE, Kind.NETWORK_UNREACHABLE,
                        Kind.CONNECT_RESET, Kind.PROXY_REFUSED, Kind.PROXY_UNREACHABLE));
    }
}
