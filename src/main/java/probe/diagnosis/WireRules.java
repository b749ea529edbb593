package probe.diagnosis;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import probe.attempt.Attempt;
import probe.attempt.Bytes;
import probe.attempt.Conversation;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.PeerState;
import probe.attempt.Phase;
import probe.attempt.RequestProgress;
import probe.evidence.SequenceCheck.Written;
import probe.profile.Setting;
import probe.profile.TimeoutName;

/** What bytes, acknowledgements and the way a connection ended tell once it stands. */
final class WireRules {
    /** Load balancers and address translators forget connections after minutes; none after less than this. */
    private static final Duration LONG_SILENCE = Duration.ofSeconds(30);

    private WireRules() {}

    private static boolean waitsInVain(Incident incident) {
        return incident.is(Kind.READ_TIMEOUT, Kind.TLS_TIMEOUT)
                || incident.is(Kind.DEADLINE_EXCEEDED)
                        && incident.in(Phase.TLS, Phase.RESPONSE_HEAD,
                                Phase.RESPONSE_BODY, Phase.EXCHANGE);
    }

    /** Whether the kernel's count and ours begin at the same byte, and the far end is the target's. */
    private static boolean isCounted(Incident incident) {
        return !incident.isProxied();
    }

    private static boolean isEnded(Incident incident) {
        return incident.is(Kind.RESET, Kind.EMPTY_REPLY, Kind.TRUNCATED, Kind.TLS_CLOSED);
    }

    /**
     * The far kernel has the whole request and nothing comes back. It points to the program, and no more: a host that
     * died after its acknowledgement, and an answer that is lost for its size, look the same (section 2).
     */
    static List<Finding> theServersKernelHasTheRequest(Incident incident) {
        Bytes bytes = incident.attempt().bytes();
        Long acknowledged = bytes.acknowledged();
        if (!isCounted(incident) || acknowledged == null || bytes.sent() == 0
                || acknowledged < bytes.sent()
                || Observed.written(incident).equals(Optional.of(Written.SOMETHING))) {
            return List.of();
        }
        String all = "The far kernel acknowledged all " + bytes.sent() + " bytes sent";
        if (waitsInVain(incident)) {
            return List
                    .of(Finding
                            .points(Side.SERVER, Locus.REMOTE_SERVICE, "kernel",
                                    "bytes-acknowledged",
                                    acknowledged, all + whatCame(incident),
                                    new Alternative(Side.CLIENT, Locus.CONFIGURATION,
                                            "The limit is shorter than the work takes.",
                                            "the same with a longer --" + limitFlag(incident)),
                                    new Alternative(Side.SERVER, Locus.PATH,
                                            "The answer is lost on the way, or the host died after"
                                                    + " its acknowledgement.",
                                            "the same with --evidence deep")));
        }
        return isEnded(incident)
                ? List.of(Finding.points(Side.SERVER, Locus.REMOTE_SERVICE, "kernel",
                        "bytes-acknowledged",
                        acknowledged, all + ", and then the connection was ended."))
                : List.of();
    }

    private static String whatCame(Incident incident) {
        if (incident.in(Phase.TLS) && incident.attempt().bytes().received() > 0) {
            return ", and its half of the handshake did not come to its end.";
        }
        return KindRules.isAnswered(incident.attempt(), incident.failure())
                ? ", and the answer stopped before it was whole."
                : ", and then nothing came.";
    }

    private static String limitFlag(Incident incident) {
        TimeoutName limit = incident.failure().limit();
        return (limit == null ? TimeoutName.SOCKET : limit).flag().substring(2);
    }

    /**
     * Bytes of ours that the far kernel did not acknowledge while we waited: they, or their acknowledgements, are lost
     * between the two, or the host is gone. Which, the socket alone does not tell (section 2: seven causes).
     */
    static List<Finding> whatIsNotAcknowledgedIsLostOnTheWay(Incident incident) {
        Bytes bytes = incident.attempt().bytes();
        Long acknowledged = bytes.acknowledged();
        if (!isCounted(incident) || acknowledged == null || acknowledged >= bytes.sent()
                || !waitsInVain(incident)) {
            return List.of();
        }
        return List.of(Finding.suggests(Side.CLIENT, Locus.PATH, "kernel", "bytes-unacknowledged",
                bytes.sent() - acknowledged,
                "Of " + bytes.sent() + " bytes sent, " + (bytes.sent() - acknowledged)
                        + " were never acknowledged: they or their acknowledgements are lost on the way.",
                new Alternative(Side.SERVER, Locus.REMOTE_HOST,
                        "The host has gone, or its accept queue overflowed with SYN cookies.",
                        Remaining.settleWith(incident))));
    }

    /**
     * A reset with unacknowledged bytes proves nothing: the server may have read all of them (section 3: 10 of 10
     * runs), and a middlebox or a rebooted host may never have seen the connection.
     */
    static List<Finding> aResetProvesNothingOfWhatWasNotAcknowledged(Incident incident) {
        Bytes bytes = incident.attempt().bytes();
        Long acknowledged = bytes.acknowledged();
        return incident.is(Kind.RESET) && isCounted(incident) && acknowledged != null
                && acknowledged < bytes.sent()
                        ? List.of(Finding.note("kernel", "bytes-unacknowledged",
                                bytes.sent() - acknowledged,
                                "After a reset, bytes that were not acknowledged may have been read all the same."))
                        : List.of();
    }

    /**
     * Closed or reset before our first byte. On a connection that was used before it is the race of two idle limits,
     * which only the side that sends can lose (RFC 9112 §9.5); on a fresh one nobody but the far end can have acted.
     */
    static List<Finding> whoeverClosesBeforeTheRequestHasNotSeenIt(Incident incident) {
        Conversation conversation = incident.attempt().conversation();
        PeerState peer = conversation.peer();
        boolean before = peer == PeerState.CLOSED_BEFORE_REQUEST
                || peer == PeerState.RESET_BEFORE_REQUEST;
        if (!before || incident.isProxied() || incident.in(Phase.CONNECT, Phase.TLS)) {
            return List.of();
        }
        String idle = conversation.idle() == null ? ""
                : " after " + Words.spoken(conversation.idle())
                        + (incident.attempt().bytes().received() > 0 && conversation.use() == 0
                                ? " of silence"
                                : " without a byte");
        String how = peer == PeerState.CLOSED_BEFORE_REQUEST ? "closed" : "reset";
        if (conversation.isKept()) {
            return List.of(
                    Finding.points(Side.CLIENT, Locus.CONFIGURATION, "attempt", "peer", peer.id(),
                            "The kept connection had been " + how + idle
                                    + " before it was used: this client keeps idle"
                                    + " connections longer than the far end.",
                            new Alternative(Side.SERVER, Locus.REMOTE_SERVICE,
                                    "The service was restarted meanwhile.",
                                    "the same on a fresh connection")));
        }
        return List.of(Finding.points(Side.SERVER, Locus.REMOTE_SERVICE, "attempt", "peer",
                peer.id(),
                "The far end took the connection and " + how + " it" + idle
                        + ", before this client had sent a byte.",
                new Alternative(Side.CLIENT, Locus.CONFIGURATION,
                        "This client's address is not among those that the service lets in.",
                        "the service's access list and its log")));
    }

    /** A kept connection that ends under a request: most often the keep-alive race again, seen a moment later. */
    static List<Finding> aKeptConnectionThatEndsUnderARequestWasIdleTooLong(Incident incident) {
        Attempt attempt = incident.attempt();
        PeerState peer = attempt.conversation().peer();
        boolean raced = incident.is(Kind.BROKEN_PIPE, Kind.RESET, Kind.EMPTY_REPLY)
                && attempt.conversation().isKept() && !incident.isProxied()
                && peer != PeerState.CLOSED_BEFORE_REQUEST && peer != PeerState.RESET_BEFORE_REQUEST
                && !KindRules.isAnswered(attempt, incident.failure());
        return raced
                ? List.of(Finding.points(Side.CLIENT, Locus.CONFIGURATION, "attempt", "use",
                        attempt.conversation().use(), KeptRules.kept(attempt.conversation())
                                + ": the far end, or something on the way that had"
                                + " forgotten it, gave it up while this request was on its way.",
                        new Alternative(Side.SERVER, Locus.REMOTE_SERVICE,
                                "The service fails on this request.",
                                "the same on a fresh connection")))
                : List.of();
    }

    /**
     * FIN is the word of a program that ends: only the far end closes in good order, or a proxy that took the connection
     * in its place, and where nobody within one hop did it is the far one.
     */
    static List<Finding> anOrderlyEndIsTheDoingOfTheFarProgram(Incident incident) {
        Attempt attempt = incident.attempt();
        if (incident.isProxied() || attempt.conversation().isKept()
                || attempt.conversation().peer() != PeerState.CLOSED) {
            return List.of();
        }
        if (incident.is(Kind.EMPTY_REPLY)
                && attempt.conversation().request() == RequestProgress.COMPLETE) {
            return List.of(orderlyEnd(incident,
                    "It had the whole request and closed in good order, without an answer."));
        }
        return incident.is(Kind.TRUNCATED)
                ? List.of(orderlyEnd(incident,
                        "It closed in good order in the middle of its own answer."))
                : List.of();
    }

    private static Finding orderlyEnd(Incident incident, String text) {
        return Observed.isTheFarHost(incident)
                ? Finding.proves(Side.SERVER, Locus.REMOTE_SERVICE, "attempt", "peer", "closed",
                        text)
                : Finding.points(Side.SERVER, Locus.REMOTE_SERVICE, "attempt", "peer", "closed",
                        text);
    }

    /**
     * EPIPE: we wrote after the far end's FIN, or after a reset (section 3). On a fresh connection the far end has
     * closed it while the request was on its way: a crash, a limit on size, an early refusal.
     */
    static List<Finding> aFreshPipeIsBrokenAtTheFarEnd(Incident incident) {
        Attempt attempt = incident.attempt();
        PeerState peer = attempt.conversation().peer();
        return incident.is(Kind.BROKEN_PIPE) && attempt.conversation().use() == 0
                && !incident.isProxied()
                && (peer == PeerState.CLOSED || peer == PeerState.RESET || peer == PeerState.OPEN)
                        ? List.of(Finding.points(Side.SERVER, Locus.REMOTE_SERVICE, "attempt",
                                "peer", peer.id(),
                                "On a fresh connection only the far end, or what stands before it, can have closed it"
                                        + " under the request.",
                                new Alternative(Side.CLIENT, Locus.CONFIGURATION,
                                        "The request is larger than the service takes, and it hangs up early.",
                                        "the same with a small request")))
                        : List.of();
    }

    /** A long silence before the end: whatever keeps state on the way may have forgotten the connection. */
    static List<Finding> aLongSilenceLetsConnectionsBeForgotten(Incident incident) {
        Duration idle = incident.attempt().conversation().idle();
        return incident.is(Kind.RESET, Kind.BROKEN_PIPE, Kind.EMPTY_REPLY) && idle != null
                && idle.compareTo(LONG_SILENCE) >= 0
                        ? List.of(Finding.note("attempt", "idle-ms", Words.millis(idle),
                                "No byte had moved for " + Words.spoken(idle)
                                        + ": a firewall or balancer may have forgotten the connection.",
                                new Alternative(Side.CLIENT, Locus.LOCAL_NETWORK,
                                        "A firewall or address translator on this side forgot the idle connection.",
                                        "the same with keep-alives (TCP_KEEPIDLE) below that time")))
                        : List.of();
    }

    /** The first bytes of an answer came: the service had begun, and stopped. */
    static List<Finding> anAnswerThatHasBegunStallsAtItsSource(Incident incident) {
        return incident.is(Kind.READ_TIMEOUT) && !incident.isProxied()
                && KindRules.isAnswered(incident.attempt(), incident.failure())
                        ? List.of(Finding.suggests(Side.SERVER, Locus.REMOTE_SERVICE, "attempt",
                                "bytes-received",
                                incident.attempt().bytes().received(),
                                "The answer had begun and stopped after "
                                        + incident.attempt().bytes().received() + " bytes.",
                                new Alternative(Side.SERVER, Locus.PATH,
                                        "Larger packets are lost on the way.",
                                        "the same with --evidence deep")))
                        : List.of();
    }

    /** No answer can come within less than a round trip. */
    static List<Finding> aLimitBelowTheRoundTripCannotBeMet(Incident incident) {
        TimeoutName name = incident.failure().limit();
        Optional<Duration> limit = incident.limit(name).map(Setting::value);
        Optional<Duration> trip = incident.roundTrip();
        if (name != TimeoutName.SOCKET && name != TimeoutName.TLS || limit.isEmpty()
                || trip.isEmpty()
                || limit.get().compareTo(trip.get()) >= 0) {
            return List.of();
        }
        return List.of(Finding.points(Side.CLIENT, Locus.CONFIGURATION, "settings",
                name.id() + "-timeout-ms",
                Words.millis(limit.get()), "The limit of " + Words.spoken(limit.get())
                        + " is shorter than one round trip (" + Words.spoken(trip.get())
                        + " for the TCP handshake): no answer can be in time."));
    }

    /** ETIMEDOUT on a standing connection: the kernel sent again for many minutes and heard nothing at all. */
    static List<Finding> aKernelThatGivesUpOnDataHeardNothingFromTheHost(Incident incident) {
        Failure failure = incident.failure();
        return failure.name() == FailureName.TIMED_OUT && failure.limit() == null
                && !incident.isProxied() && !KeptRules.isForgotten(incident)
                && incident.in(Phase.TLS, Phase.REQUEST, Phase.RESPONSE_HEAD, Phase.RESPONSE_BODY,
                        Phase.EXCHANGE)
                                ? List.of(Finding.points(Side.SERVER, Locus.PATH, "attempt",
                                        "errno", "ETIMEDOUT",
                                        "The kernel sent the data again and again until it gave up: not even the far kernel"
                                                + " answered.",
                                        new Alternative(Side.CLIENT, Locus.LOCAL_NETWORK,
                                                "The link or the route of this side was lost.",
                                                Remaining.settleWith(incident))))
                                : List.of();
    }
}
