package probe.diagnosis;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import probe.evidence.CounterChanges;
import probe.evidence.LivenessCheck;
import probe.evidence.LivenessCheck.Answer;
import probe.evidence.OwnPauses;
import probe.evidence.SegmentSizeRetry;
import probe.evidence.SequenceCheck.Written;
import probe.evidence.SocketQueues;
import probe.evidence.SocketQueues.Timer;
import probe.evidence.SocketSnapshot;
import probe.evidence.TcpInfo;
import probe.evidence.TcpState;
import probe.profile.Setting;

/** What the kernel knows of a connection that stands, at the moment its attempt failed. */
final class KernelRules {
    /** Shorter pauses are everyday. */
    private static final Duration LONG_PAUSE = Duration.ofMillis(250);
    /** Who waits less than this for an answer may simply be too quick. */
    private static final Duration PATIENT = Duration.ofSeconds(1);

    private KernelRules() {}

    /**
     * Something is queued, the peer's window is open, nothing is on its way, and the kernel's own attempts fail: this
     * machine does not let it out (section 6, 4: five local faults, 5 of 5 each). A timer of this kind alone is also a
     * peer's zero window.
     */
    static List<Finding> theOwnStackDoesNotLetItOut(Incident incident) {
        TcpInfo info = Observed.info(incident);
        SocketQueues queues = queues(incident);
        if (info == null || queues == null || !isStuck(info, queues) || info.sendWindow() == null
                || info.sendWindow() == 0 || Math.max(info.probes(), queues.timerCount()) == 0) {
            return List.of();
        }
        return List.of(Finding.proves(Side.CLIENT, Locus.LOCAL_HOST, "kernel", OwnFilter.STOPS,
                value(info.notSentBytes()),
                value(info.notSentBytes())
                        + " bytes never left this machine although the far end offers a"
                        + " window: a filter, a route or the link of this machine stops them."));
    }

    /** The peer offers no window at all: the program at the other end does not read (section 6, 5: 5 of 5). */
    static List<Finding> theFarProgramDoesNotRead(Incident incident) {
        TcpInfo info = Observed.info(incident);
        SocketQueues queues = queues(incident);
        if (info == null || queues == null || !isStuck(info, queues) || info.sendWindow() == null
                || info.sendWindow() != 0 || incident.isProxied()) {
            return List.of();
        }
        String text = "The far end's receive window is shut: its kernel answers, and its program does not"
                + " read what it is sent.";
        return List.of(Observed.isTheFarHost(incident) ? Finding.proves(Side.SERVER,
                Locus.REMOTE_SERVICE, "kernel", "send-window", 0, text)
                : Finding.points(Side.SERVER, Locus.REMOTE_SERVICE, "kernel", "send-window", 0,
                        text,
                        new Alternative(Side.CLIENT, Locus.PROXY,
                                "A proxy on this machine or before it (a sidecar) is the far end, and is stuck itself.",
                                Remaining.settleWith(incident))));
    }

    private static boolean isStuck(TcpInfo info, SocketQueues queues) {
        return queues.timer() == Timer.PROBE && info.unacked() == 0
                && info.notSentBytes() != null && info.notSentBytes() > 0;
    }

    /**
     * Nothing but the SYN-ACK ever came: a listener whose accept queue overflowed answers so with SYN cookies, and
     * forgets the connection (section 1.6). A path that died in that moment looks the same.
     */
    static List<Finding> nothingCameAfterTheHandshake(Incident incident) {
        TcpInfo info = Observed.info(incident);
        boolean only = info != null && info.state() == TcpState.ESTABLISHED
                && value(info.segmentsIn(), 2) == 1 && value(info.bytesAcked(), 1) == 0
                && info.unacked() > 0 && info.totalRetransmits() > 0;
        return only && Observed.waitsInVain(incident)
                ? List.of(Finding.points(Side.SERVER, Locus.REMOTE_SERVICE, "kernel",
                        "segments-received", 1,
                        "Nothing came but the answer to the SYN, and no byte was ever acknowledged: the accept"
                                + " queue of the service overflows.",
                        new Alternative(Side.SERVER, Locus.PATH,
                                "The way was lost right after the handshake.",
                                Remaining.settleWith(incident)),
                        new Alternative(Side.CLIENT, Locus.LOCAL_NETWORK,
                                "A firewall on this side lets handshakes through and nothing else.",
                                Remaining.settleWith(incident))))
                : List.of();
    }

    /**
     * Asked on the silent connection, the far kernel answers: host and way are alive, its program is what does not
     * answer. An answer that is lost for its size looks the same, and with a proxy the far end is that (section 2.1).
     */
    static List<Finding> theFarKernelAnswersAndItsProgramDoesNot(Incident incident) {
        Optional<LivenessCheck> check = waiting(incident, Answer.ACKNOWLEDGED)
                .filter(_ -> !isOnlyWritten(incident, Written.SOMETHING));
        return check.map(one -> List.of(Finding.points(Side.SERVER, Locus.REMOTE_SERVICE, "kernel",
                "peer-alive-ms", Words.millis(one.after()),
                "The far kernel answered on this very connection " + Words.spoken(one.after())
                        + " after the limit: it is its program that does not answer.",
                new Alternative(Side.SERVER, Locus.PATH,
                        "The answer is too large for a link on the way and gets lost.",
                        "the same with --evidence deep"),
                new Alternative(Side.CLIENT, Locus.CONFIGURATION,
                        "The limit is shorter than the work takes.",
                        "the same with a longer limit"))))
                .orElse(List.of());
    }

    /**
     * The sequence number of its acknowledgement says that the far end has written nothing beyond what came, and all of
     * the request is acknowledged: no loss, no filter and no narrow link hides an answer. What is left is a program that
     * says nothing; unless somebody on this side took the connection in its place, or its time was too short.
     */
    static List<Finding> theFarProgramHasWrittenNothing(Incident incident) {
        if (!isOnlyWritten(incident, Written.NOTHING)) {
            return List.of();
        }
        String text = "The sequence number of the far kernel's acknowledgement says that its program has"
                + " written nothing beyond what came: no answer was lost on the way.";
        Alternative impatient = new Alternative(Side.CLIENT, Locus.CONFIGURATION,
                "The limit is shorter than the work takes.", "the same with a longer limit");
        boolean patient = incident.limit(incident.failure().limit())
                .map(Setting::value)
                .filter(limit -> limit.compareTo(PATIENT) >= 0)
                .isPresent();
        return List.of(patient && Observed.isTheFarHost(incident)
                ? Finding.proves(Side.SERVER, Locus.REMOTE_SERVICE, "kernel", "far-written",
                        Written.NOTHING.id(), text, impatient)
                : Finding.points(Side.SERVER, Locus.REMOTE_SERVICE, "kernel", "far-written",
                        Written.NOTHING.id(), text, impatient,
                        new Alternative(Side.CLIENT, Locus.LOCAL_NETWORK,
                                "A proxy on this machine or at its edge (a sidecar) took the connection.",
                                Remaining.settleWith(incident))));
    }

    /** The far end has sent something that did not come: its program answers, and the answer is lost. */
    static List<Finding> theAnswerIsLostOnTheWay(Incident incident) {
        if (!isOnlyWritten(incident, Written.SOMETHING)) {
            return List.of();
        }
        String text = "The sequence number of the far kernel's acknowledgement says that its program has"
                + " written something that did not come";
        long undelivered = Observed.counters(incident)
                .mapToLong(CounterChanges::inNotDelivered)
                .max()
                .orElse(0);
        return List.of(undelivered > 0
                ? Finding.points(Side.CLIENT, Locus.LOCAL_HOST, "kernel", "far-written",
                        Written.SOMETHING.id(),
                        text + ", and " + Words.count(undelivered, "packet", "packets")
                                + " came to this machine meanwhile and reached no program: an input filter"
                                + " of this machine drops the answer.",
                        new Alternative(Side.SERVER, Locus.PATH,
                                "The packets were for others, and the answer is lost on the way.",
                                "nft list ruleset, iptables -S and -L -v on this machine"))
                : Finding.proves(Side.SERVER, Locus.PATH, "kernel", "far-written",
                        Written.SOMETHING.id(), text + ": the answer is lost on the way.",
                        new Alternative(Side.CLIENT, Locus.LOCAL_NETWORK,
                                "It is lost on this side: a firewall, or a tunnel or VPN that is too narrow.",
                                "the same with --evidence deep"),
                        new Alternative(Side.SERVER, Locus.REMOTE_HOST,
                                "The far host's own filter lets no answer out.",
                                Remaining.settleWith(incident))));
    }

    private static boolean isOnlyWritten(Incident incident, Written written) {
        return Observed.waitsInVain(incident) && !incident.isProxied()
                && Observed.written(incident).filter(one -> one == written).isPresent();
    }

    /** The request had been acknowledged, and now nobody answers: the host or the way died in between (section 2). */
    static List<Finding> theConnectionDiedAfterItsLastAcknowledgement(Incident incident) {
        return KeptRules.isForgotten(incident) ? List.of()
                : waiting(incident, Answer.SILENT).map(one -> List.of(Finding.points(Side.SERVER,
                        Locus.PATH, "kernel", "peer-silent-ms", Words.millis(one.after()),
                        "Asked on this very connection, not even the far kernel answered for "
                                + Words.spoken(one.after())
                                + ": the host or the way to it was lost after the last acknowledgement.",
                        new Alternative(Side.SERVER, Locus.REMOTE_HOST, "The host went down.",
                                Remaining.settleWith(incident)),
                        new Alternative(Side.CLIENT, Locus.LOCAL_NETWORK,
                                "The link, or a firewall's memory of this connection, was lost on this side.",
                                Remaining.settleWith(incident)))))
                        .orElse(List.of());
    }

    /** A reset where an acknowledgement was due: whoever is there does not know the connection any more. */
    static List<Finding> theFarEndHasForgottenTheConnection(Incident incident) {
        return waiting(incident, Answer.RESET).map(one -> List.of(Finding.points(Side.SERVER,
                Locus.REMOTE_HOST, "kernel", "peer-reset-ms", Words.millis(one.after()),
                "Asked on this very connection, the far end answered with a reset: it does not know the"
                        + " connection any more.",
                new Alternative(Side.CLIENT, Locus.LOCAL_NETWORK,
                        "A firewall or address translator on this side has forgotten it.",
                        Remaining.settleWith(incident)))))
                .orElse(List.of());
    }

    /** It came, a moment too late: the program works, and the limit is close to what it needs. */
    static List<Finding> theAnswerCameAfterTheLimit(Incident incident) {
        return waiting(incident, Answer.DATA).map(one -> List.of(Finding.note("kernel",
                "answer-late-ms", Words.millis(one.after()),
                "Data came " + Words.spoken(one.after())
                        + " after the limit: the far program works, and slower than it was given.",
                new Alternative(Side.CLIENT, Locus.CONFIGURATION,
                        "The limit is shorter than the work takes.",
                        "the same with a longer limit"))))
                .orElse(List.of());
    }

    private static Optional<LivenessCheck> waiting(Incident incident, Answer answer) {
        return Observed.waitsInVain(incident) && !incident.isProxied()
                ? Observed.liveness(incident).filter(one -> one.answer() == answer)
                : Optional.empty();
    }

    /** Later segments of the answer came and an earlier one did not: it is lost on the way (section 6, 10). */
    static List<Finding> anEarlierPartOfTheAnswerIsMissing(Incident incident) {
        TcpInfo info = Observed.info(incident);
        return info != null && value(info.outOfOrderPackets()) > 0
                && Observed.waitsInVain(incident)
                        ? List.of(Finding.points(Side.SERVER, Locus.PATH, "kernel", "out-of-order",
                                value(info.outOfOrderPackets()),
                                "Later packets of the answer came and an earlier one did not: it is lost on the way,"
                                        + " most likely for its size.",
                                new Alternative(Side.CLIENT, Locus.LOCAL_NETWORK,
                                        "A tunnel or VPN on this side is too narrow.",
                                        "the same with --evidence deep")))
                        : List.of();
    }

    /** What stalls goes through in small segments: large packets are lost on the way (section 2.2: 6 of 6). */
    static List<Finding> smallSegmentsGetThrough(Incident incident) {
        return incident.facts()
                .observed(SegmentSizeRetry.class)
                .filter(one -> one.via() == incident.attempt().via()
                        && one.address().equals(incident.attempt().address())
                        && one.port() == incident.attempt().port()
                        && one.outcome() == SegmentSizeRetry.Outcome.SUCCEEDED)
                .findFirst()
                .map(one -> List.of(Finding.points(Side.SERVER, Locus.PATH, "control",
                        "max-segment-bytes", one.maxSegmentBytes(),
                        "With segments of " + one.maxSegmentBytes()
                                + " bytes the same attempt succeeded: larger packets are lost on the way.",
                        new Alternative(Side.CLIENT, Locus.LOCAL_NETWORK,
                                "A tunnel or VPN on this side is too narrow.",
                                "the MTU of this machine's tunnels (ip link)"))))
                .orElse(List.of());
    }

    /**
     * This program stood still, and what came lay unread in its own kernel (section 6, 14). Unread bytes alone are no
     * evidence: they may have come after the limit, while the kernel was being asked.
     */
    static List<Finding> theAnswerLayUnreadHere(Incident incident) {
        SocketQueues queues = queues(incident);
        long unread = queues != null && Observed.waitsInVain(incident) ? queues.receiveQueue() : 0;
        return pause(incident).map(late -> List.of(unread > 0
                ? Finding.points(Side.CLIENT, Locus.LOCAL_HOST, "kernel", "bytes-unread",
                        unread,
                        unread + " bytes of the answer lay unread in this machine, which stood still"
                                + " for " + Words.spoken(late) + ".")
                : Finding.note("kernel", "own-pause-ms", Words.millis(late),
                        "This program stood still for " + Words.spoken(late) + " meanwhile.",
                        new Alternative(Side.CLIENT, Locus.LOCAL_HOST,
                                "This machine was too busy to attend to the answer.",
                                "the load of this machine at that time (vmstat 1, cgroup cpu.stat)"))))
                .orElse(List.of());
    }

    private static Optional<Duration> pause(Incident incident) {
        return incident.facts()
                .observed(OwnPauses.class)
                .map(OwnPauses::timerLateness)
                .filter(late -> late.compareTo(LONG_PAUSE) >= 0)
                .findFirst();
    }

    private static @Nullable SocketQueues queues(Incident incident) {
        return Observed.snapshot(incident).map(SocketSnapshot::queues).orElse(null);
    }

    private static long value(@Nullable Long number) {
        return value(number, 0);
    }

    private static long value(@Nullable Long number, long otherwise) {
        return number == null ? otherwise : number;
    }
}
