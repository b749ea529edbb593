package probe.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static probe.evidence.ControlResult.Control.GATEWAY;
import static probe.evidence.ControlResult.Control.KNOWN_GOOD;
import static probe.evidence.ControlResult.Control.ONE_HOP;
import static probe.evidence.ControlResult.Control.OTHER_ADDRESS;
import static probe.evidence.ControlResult.Control.OTHER_FAMILY;
import static probe.evidence.ControlResult.Control.SAME_HOST_OTHER_PORT;
import static probe.evidence.ControlResult.Control.TARGET_DIRECT;
import static probe.evidence.ControlResult.Outcome.CONNECTED;
import static probe.evidence.ControlResult.Outcome.REFUSED;
import static probe.evidence.ControlResult.Outcome.TIMED_OUT;
import static probe.evidence.ControlResult.Outcome.UNREACHABLE;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.attempt.RequestProgress;
import probe.attempt.Via;
import probe.evidence.AnswerTtl;
import probe.evidence.ControlResult;
import probe.evidence.CounterChanges;
import probe.evidence.IcmpAnswer;
import probe.evidence.IcmpAnswer.Place;
import probe.evidence.IcmpMessage;
import probe.evidence.IcmpMessage.Meaning;
import probe.evidence.LateConnect;
import probe.evidence.LivenessCheck;
import probe.evidence.LivenessCheck.Answer;
import probe.evidence.LocalListener;
import probe.evidence.NextHop;
import probe.evidence.NextHop.Role;
import probe.evidence.Observation;
import probe.evidence.OwnLimits;
import probe.evidence.OwnPauses;
import probe.evidence.PathTrace;
import probe.evidence.PathTrace.Hop;
import probe.evidence.ResendCheck;
import probe.evidence.RouteFacts;
import probe.evidence.RouteFacts.Link;
import probe.evidence.SegmentSizeRetry;
import probe.evidence.SequenceCheck;
import probe.evidence.SequenceCheck.Written;
import probe.evidence.SocketQueues;
import probe.evidence.SocketQueues.Timer;
import probe.evidence.SocketSnapshot;
import probe.evidence.SocketSnapshot.Moment;
import probe.evidence.TcpInfo;
import probe.evidence.TcpState;
import probe.evidence.TransmitTimes;
import probe.profile.TimeoutName;

/** Each rule about evidence once where it speaks, with what it says, and once where it is silent. */
class EvidenceRulesTest {
    private static final String HOST = "192.0.2.7";
    private static final String ROUTER = "10.0.0.1";
    private static final int PORT = 5432;

    /**
     * A row of the table.
     *
     * @param rule what is tried
     * @param situation what is seen
     * @param facts of the situation
     * @param says what the rule makes of it, as {@code weight side locus}; empty where it is silent
     */
    record Row(Rule rule, String situation, Facts facts, String says) {
        @Override
        public String toString() {
            return situation + (says.isEmpty() ? ": silent" : ": " + says);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void a_rule_says_what_it_claims_and_no_more(Row row) {
        assertEquals(row.says(), spoken(row.rule()
                .apply(
                        Diagnoser.incident(row.facts()).orElseThrow())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void a_rule_is_registered(Row row) {
        List<Evidence> shown = Diagnoser.diagnose(row.facts()).orElseThrow().evidence();
        for (Finding finding : row.rule()
                .apply(
                        Diagnoser.incident(row.facts()).orElseThrow())) {
            assertTrue(shown.contains(finding.evidence()), () -> finding + " is not in " + shown);
        }
    }

    @Test
    void as_many_rows_speak_as_are_silent() {
        long speaking = all().filter(row -> !row.says().isEmpty()).count();
        assertTrue(speaking >= 35, () -> speaking + " rows");
        assertTrue(all().count() - speaking >= 35);
    }

    static Stream<Row> all() {
        return Stream
                .of(routes(), counters(), icmp(), controls(), listeners(), paths(), kernel(),
                        kept(),
                        liveness(), sequence())
                .flatMap(rows -> rows);
    }

    private static Stream<Row> routes() {
        Rule table = RouteRules::theOwnRouteTableSaysTheSame;
        Rule gone = RouteRules::aRouteThatIsGoneSinceCarriesNothing;
        Rule link = RouteRules::aLinkWithoutCarrierCarriesNothing;
        Rule gateway = RouteRules::aGatewayThatAnswersNoArpIsDown;
        Rule target = RouteRules::aTargetOnTheLinkThatAnswersNoArpIsDown;
        Rule stuck = RouteRules::aSegmentThatNeverLeftTheHost;
        Rule limits = RouteRules::theOwnLimitsInNumbers;
        NextHop silent = hop(ROUTER, Role.GATEWAY, NextHop.State.INCOMPLETE);
        SocketSnapshot kept = snapshot(syn(1, 0), Timer.RETRANSMIT, 1, 0);
        return Stream.of(
                row(table, "no route, says the table", "proves client local-host",
                        connect(FailureName.NETWORK_UNREACHABLE, 0.3), noRoute(101)),
                row(table, "a route, and unreachable all the same", "",
                        connect(FailureName.NETWORK_UNREACHABLE, 20), route(ROUTER, Link.UP)),
                row(table, "a table that says something else", "",
                        connect(FailureName.HOST_UNREACHABLE, 20), noRoute(101)),
                row(gone, "no route any more", "proves client local-host", silent(), noRoute(101)),
                row(gone, "a route, and silence", "", silent(), route(ROUTER, Link.UP)),
                row(link, "cable out", "proves client local-network", silence(),
                        route(ROUTER, Link.NO_CARRIER)),
                row(link, "link up", "", silence(), route(ROUTER, Link.UP)),
                row(link, "refused over a link that went down since", "",
                        connect(FailureName.REFUSED, 20), route(ROUTER, Link.DOWN)),
                row(gateway, "gateway silent, nothing retransmitted",
                        "proves client local-network", silence(), route(ROUTER, Link.UP), silent,
                        kept),
                row(gateway, "gateway silent, the socket unseen", "points client local-network",
                        silence(), route(ROUTER, Link.UP), silent),
                row(gateway, "gateway reachable", "", silence(), route(ROUTER, Link.UP),
                        hop(ROUTER, Role.GATEWAY, NextHop.State.REACHABLE), kept),
                row(target, "neighbour silent", "points server remote-host", silence(),
                        route(null, Link.UP), hop(HOST, Role.TARGET, NextHop.State.FAILED)),
                row(target, "neighbour stale", "", silence(), route(null, Link.UP),
                        hop(HOST, Role.TARGET, NextHop.State.STALE)),
                row(stuck, "retransmissions that did not leave", "points client local-network",
                        silence(), kept),
                row(stuck, "retransmissions that left", "", silence(),
                        snapshot(syn(3, 3), Timer.RETRANSMIT, 3, 0)),
                row(limits, "descriptors used up", "note",
                        connect(FailureName.TOO_MANY_OPEN_FILES, 0.1),
                        new OwnLimits(1024L, 1024L, null, null)),
                row(limits, "ports used up", "note", connect(FailureName.ADDRESS_UNAVAILABLE, 0.1),
                        new OwnLimits(9L, 1024L, 28232L, 28232L)),
                row(limits, "limits beside a refusal", "", connect(FailureName.REFUSED, 20),
                        new OwnLimits(9L, 1024L, 5L, 28232L)));
    }

    private static Stream<Row> counters() {
        Rule out = CounterRules::theOwnOutputFilterTakesThePackets;
        Rule in = CounterRules::theOwnInputFilterTakesTheAnswer;
        Rule reset = CounterRules::theOwnFilterResetsWhatIsSent;
        Rule driver = CounterRules::whatNeverReachedTheDriverIsKeptHere;
        Given ended = ended();
        return Stream.of(
                row(out, "each SYN sent again was taken, and nothing else",
                        "proves client local-host", silence(), counted(0, 0, 3L, 0, 3, 3, 2850)),
                row(out, "more was taken than ours", "points client local-host", silence(),
                        counted(0, 0, 9L, 0, 3, 3, 2850)),
                row(out, "other attempts were open", "suggests client local-host", silence(),
                        counted(0, 2, 3L, 0, 3, 3, 2850)),
                row(out, "others were sending while the repeat's SYN was not counted",
                        "suggests client local-host", connect(FailureName.REFUSED, 0.4),
                        counted(1, 0, 0L, 0, 0, 0, 1), counted(1, 3, 2L, 0, 0, 0, 1)),
                row(out, "the repeat's SYN was taken at once", "proves client local-host",
                        connect(FailureName.REFUSED, 0.4), counted(1, 0, 1L, 0, 0, 0, 1)),
                row(out, "something was taken during a slow repeat", "points client local-host",
                        connect(FailureName.REFUSED, 20), counted(1, 0, 1L, 0, 0, 0, 200)),
                row(out, "each of several more was taken, however slowly",
                        "proves client local-host", connect(FailureName.REFUSED, 20),
                        counted(1, 0, 1L, 0, 0, 0, 200), counted(7, 0, 7L, 0, 0, 0, 200)),
                row(out, "not each of several more was taken", "points client local-host",
                        connect(FailureName.REFUSED, 20), counted(1, 0, 1L, 0, 0, 0, 200),
                        counted(7, 0, 6L, 0, 0, 0, 200)),
                row(reset, "each of several more was reset, and none left",
                        "proves client local-host", ended, new ResendCheck(HOST, PORT, 7, 7, 7)),
                row(reset, "one more was reset, and did not leave", "", ended,
                        new ResendCheck(HOST, PORT, 1, 1, 1)),
                row(reset, "each of several more was reset, and left", "", ended,
                        new ResendCheck(HOST, PORT, 7, 7, 0)),
                row(reset, "not each was reset", "", ended, new ResendCheck(HOST, PORT, 7, 6, 7)),
                row(driver, "no time of leaving", "proves client local-host", silent(),
                        times(null, null)),
                row(driver, "left, and was not acknowledged", "note", silent(), times(1, null)),
                row(driver, "left, and was acknowledged", "", silent(), times(1, 20)),
                row(driver, "acknowledged by a driver that says nothing", "", silent(),
                        times(null, 20)),
                row(in, "for each of several more one packet came", "proves client local-host",
                        silence(), counted(0, 0, 0L, 1, 0, 3, 2850),
                        counted(4, 0, 0L, 4, 0, 0, 200), counted(3, 0, 0L, 3, 0, 0, 200)),
                row(in, "answers to an earlier probe came again, all at once",
                        "suggests client local-host", silence(),
                        counted(0, 0, 0L, 1, 0, 3, 2850), counted(4, 0, 0L, 4, 0, 0, 200)),
                row(in, "the answers may be those of others", "suggests client local-host",
                        silence(), counted(0, 0, 0L, 1, 0, 3, 2850),
                        counted(4, 0, 0L, 4, 0, 0, 200), counted(3, 1, 0L, 3, 0, 0, 200)),
                row(in, "one packet too many came", "suggests client local-host", silence(),
                        counted(0, 0, 0L, 1, 0, 3, 2850), counted(2, 0, 0L, 2, 0, 0, 200),
                        counted(4, 0, 0L, 5, 0, 0, 200)),
                row(out, "nothing was taken", "", silence(), counted(0, 0, 0L, 0, 0, 3, 2850)),
                row(out, "an old kernel does not count", "", silence(),
                        counted(0, 0, null, 0, 0, 3, 2850)),
                row(in, "an answer to each SYN was taken", "points client local-host", silence(),
                        counted(0, 0, 0L, 5, 0, 3, 2850)),
                row(in, "a stray packet", "suggests client local-host", silence(),
                        counted(0, 0, 0L, 1, 0, 3, 2850)),
                row(in, "every packet was delivered", "", silence(),
                        counted(0, 0, 0L, 0, 0, 3, 2850)),
                row(in, "a stray packet beside a refusal", "", connect(FailureName.REFUSED, 20),
                        counted(0, 0, 0L, 1, 0, 3, 2850)));
    }

    private static Stream<Row> icmp() {
        Rule filter = IcmpRules::anIcmpErrorFromAnOwnAddressIsTheOwnFilters;
        Rule gaveUp = IcmpRules::theOwnKernelGaveUpOnTheNextHop;
        Rule gateway = IcmpRules::theGatewayItselfSaysNo;
        Rule router = IcmpRules::aRouterFurtherOnSaysNo;
        Rule host = IcmpRules::anIcmpErrorFromTheHostIsItsFilters;
        Given unreachable = connect(FailureName.HOST_UNREACHABLE, 20);
        Given slow = connect(FailureName.HOST_UNREACHABLE, 3070);
        Rule near = OwnMachineRules::anUnreachableAtOnceIsSaidNearby;
        Given fast = connect(FailureName.HOST_UNREACHABLE, 0.4);
        return Stream.of(
                row(filter, "own filter rejects", "proves client local-host", unreachable,
                        icmp(Place.OWN, Meaning.PROHIBITED, 1)),
                row(filter, "own neighbour table gave up", "", slow,
                        icmp(Place.OWN, Meaning.HOST_UNREACHABLE, 3070)),
                row(filter, "own neighbour table gave up on connections that wait together", "",
                        silence(), route(ROUTER, Link.UP),
                        hop(ROUTER, Role.GATEWAY, NextHop.State.INCOMPLETE),
                        icmp(Place.OWN, Meaning.HOST_UNREACHABLE, 1700)),
                row(gaveUp, "connections that wait together", "proves client local-network",
                        silence(), route(ROUTER, Link.UP),
                        hop(ROUTER, Role.GATEWAY, NextHop.State.INCOMPLETE),
                        icmp(Place.OWN, Meaning.HOST_UNREACHABLE, 1700)),
                row(near, "nobody is named", "points client local-host", fast),
                row(near, "the host itself says so", "", fast,
                        icmp(Place.TARGET, Meaning.PROHIBITED, 1)),
                row(gaveUp, "on the gateway", "proves client local-network", slow,
                        route(ROUTER, Link.UP), hop(ROUTER, Role.GATEWAY, NextHop.State.FAILED),
                        icmp(Place.OWN, Meaning.HOST_UNREACHABLE, 3070)),
                row(gaveUp, "on a host of the same link", "points server remote-host", slow,
                        route(null, Link.UP), hop(HOST, Role.TARGET, NextHop.State.FAILED),
                        icmp(Place.OWN, Meaning.HOST_UNREACHABLE, 3070)),
                row(gaveUp, "a filter, at once", "", unreachable,
                        icmp(Place.OWN, Meaning.HOST_UNREACHABLE, 1)),
                row(gateway, "it forbids", "proves client local-network", unreachable,
                        icmp(Place.NEXT_HOP, Meaning.PROHIBITED, 1)),
                row(gateway, "it finds no such host behind it", "points server remote-host", slow,
                        icmp(Place.NEXT_HOP, Meaning.HOST_UNREACHABLE, 3090)),
                row(gateway, "another speaks", "", unreachable,
                        icmp(Place.TARGET, Meaning.PROHIBITED, 20)),
                row(router, "a router on the way forbids", "points server path", unreachable,
                        icmp(Place.ON_THE_WAY, Meaning.PROHIBITED, 20)),
                row(router, "the last router finds no such host", "points server remote-host",
                        slow, icmp(Place.ON_THE_WAY, Meaning.HOST_UNREACHABLE, 3090)),
                row(router, "the gateway speaks", "", unreachable,
                        icmp(Place.NEXT_HOP, Meaning.PROHIBITED, 1)),
                row(host, "the host rejects, or the gateway for it", "points server remote-host",
                        connect(FailureName.REFUSED, 20),
                        icmp(Place.TARGET, Meaning.PORT_UNREACHABLE, 20)),
                row(host, "the host rejects, from beyond the gateway", "proves server remote-host",
                        connect(FailureName.REFUSED, 20),
                        new IcmpAnswer(HOST, PORT,
                                new IcmpMessage(Meaning.PORT_UNREACHABLE, 3, 1, 113, HOST, 62),
                                Place.TARGET, Duration.ofMillis(20))),
                row(host, "nobody is named", "", connect(FailureName.REFUSED, 20)));
    }

    private static Stream<Row> controls() {
        Rule port = ControlRules::anotherPortOfTheHostAnswers;
        Rule alone = ControlRules::onlyThisHostIsSilent;
        Rule gateway = ControlRules::theGatewayAnswersAndTheHostDoesNot;
        Rule good = ControlRules::knownGoodPlacesAreOutOfReachToo;
        Rule address = ControlRules::anotherAddressOfTheNameAnswers;
        Rule family = ControlRules::theOtherFamilyAnswers;
        Rule direct = ControlRules::theTargetAnswersWithoutTheProxy;
        Rule late = ControlRules::theHandshakeWasDoneAfterTheLimit;
        Given proxied = Given.target("db.example:5432")
                .proxy("http://proxy.example:3128", null)
                .fails(FailureName.TIMED_OUT, Phase.CONNECT, 3100, TimeoutName.CONNECT);
        return Stream.of(
                row(port, "another port refuses", "points server remote-host", silence(),
                        control(SAME_HOST_OTHER_PORT, REFUSED)),
                row(port, "all ports are silent", "", silence(),
                        control(SAME_HOST_OTHER_PORT, TIMED_OUT)),
                row(alone, "a good place answers, no port of the host does",
                        "points server remote-host", silence(),
                        control(SAME_HOST_OTHER_PORT, TIMED_OUT), control(KNOWN_GOOD, CONNECTED)),
                row(alone, "no other port was tried", "", silence(),
                        control(KNOWN_GOOD, CONNECTED)),
                row(gateway, "it refuses, so it is there", "suggests server remote-host",
                        silence(), control(GATEWAY, REFUSED)),
                row(gateway, "it is silent, as many are", "", silence(),
                        control(GATEWAY, TIMED_OUT)),
                row(good, "a good place is silent too", "points client local-network", silence(),
                        control(KNOWN_GOOD, TIMED_OUT)),
                row(good, "one of two answers", "", silence(), control(KNOWN_GOOD, TIMED_OUT),
                        control(KNOWN_GOOD, CONNECTED)),
                row(address, "another address connects", "points server remote-host", silence(),
                        control(OTHER_ADDRESS, CONNECTED)),
                row(address, "another address refuses", "", silence(),
                        control(OTHER_ADDRESS, REFUSED)),
                row(family, "the other family connects", "note", silence(),
                        control(OTHER_FAMILY, CONNECTED)),
                row(family, "the other family is silent", "", silence(),
                        control(OTHER_FAMILY, TIMED_OUT)),
                row(direct, "the target takes connections", "points client proxy", proxied,
                        control(TARGET_DIRECT, CONNECTED)),
                row(direct, "the target is silent as well", "", proxied,
                        control(TARGET_DIRECT, TIMED_OUT)),
                row(late, "done with the first SYN", "points client configuration", silence(),
                        late(CONNECTED, 400)),
                row(late, "done with a later SYN", "points server path", silence(),
                        late(CONNECTED, 3080)),
                row(late, "never done", "", silence(), late(TIMED_OUT, 3300)));
    }

    private static Stream<Row> listeners() {
        Rule full = ControlRules::theListenerHereDoesNotAccept;
        Rule who = ControlRules::whoListensHere;
        Given refused = connect(FailureName.REFUSED, 0.2);
        return Stream.of(
                row(full, "full queue", "proves server remote-service", silence(),
                        listener(LocalListener.State.FULL)),
                row(full, "room in the queue", "", silence(),
                        listener(LocalListener.State.LISTENING)),
                row(who, "nobody", "points server remote-service", refused,
                        listener(LocalListener.State.ABSENT)),
                row(who, "somebody, elsewhere", "points server remote-service", refused,
                        listener(LocalListener.State.OTHER_ADDRESS)),
                row(who, "somebody, and refused", "points client local-host", refused,
                        listener(LocalListener.State.LISTENING)),
                row(who, "silence", "", silence(), listener(LocalListener.State.ABSENT)));
    }

    private static Stream<Row> paths() {
        Rule way = PathRules::theWayEndsForThisPortAlone;
        Rule reset = PathRules::theResetHasNotComeFromTheHost;
        Given refused = connect(FailureName.REFUSED, 20);
        return Stream.of(
                row(way, "ends at the gateway", "points client local-network", silence(),
                        trace(PORT, 1, false), trace(1, 3, true)),
                row(way, "ends on the way", "points server path", silence(),
                        trace(PORT, 2, false), trace(1, 4, true)),
                row(way, "ends at the last router", "points server remote-host", silence(),
                        trace(PORT, 2, false), trace(1, 2, true)),
                row(way, "ends at the only router", "note", silence(), trace(PORT, 1, false),
                        trace(1, 1, true)),
                row(way, "no router answers for either", "", silence(), trace(PORT, 0, false),
                        trace(1, 0, false)),
                row(reset, "from the first hop", "points client local-network", refused,
                        ttl(PORT, 64), ttl(1, 62)),
                row(reset, "from between", "points server path", refused, ttl(PORT, 63),
                        ttl(1, 62)),
                row(reset, "as far as another refusal", "note", refused, ttl(PORT, 62),
                        ttl(1, 62)),
                row(reset, "as far as the host, which takes another connection",
                        "proves server remote-service", refused, ttl(PORT, 62), taken(62)),
                row(reset, "one router away, as a box at the edge is too", "note", refused,
                        ttl(PORT, 63), taken(63)),
                row(reset, "nearer than the host, which takes another connection",
                        "points server path", refused, ttl(PORT, 63), taken(62)),
                row(reset, "with nothing to compare", "", refused, ttl(PORT, 64)));
    }

    private static Stream<Row> kept() {
        Rule forgotten = KeptRules::aConnectionThatNobodyAnswersOnWasForgotten;
        Rule died = KernelRules::theConnectionDiedAfterItsLastAcknowledgement;
        Rule gaveUp = WireRules::aKernelThatGivesUpOnDataHeardNothingFromTheHost;
        ControlResult fresh = again(ControlResult.Outcome.CONNECTED);
        LivenessCheck mute = check(LivenessCheck.Answer.SILENT);
        return Stream.of(
                row(forgotten, "nothing acknowledged, and a fresh one stands",
                        "points client configuration", silent().bytes(100, 0, 0).held(90_000),
                        fresh),
                row(forgotten, "the kernel gave up on it, and a fresh one stands",
                        "points client configuration", gaveUp().held(90_000), fresh),
                row(forgotten, "one that was not kept", "", silent().bytes(100, 0, 0), fresh),
                row(forgotten, "kept for a moment", "", silent().bytes(100, 0, 0).use(1).held(20),
                        fresh),
                row(forgotten, "acknowledged", "", silent().bytes(100, 100, 0).held(90_000), fresh),
                row(forgotten, "no fresh one either", "", silent().bytes(100, 0, 0).held(90_000),
                        again(ControlResult.Outcome.TIMED_OUT)),
                row(forgotten, "nothing to compare", "", silent().bytes(100, 0, 0).held(90_000)),
                row(died, "no fresh one either", "points server path",
                        silent().bytes(100, 0, 0).held(90_000), mute),
                row(died, "forgotten", "", silent().bytes(100, 0, 0).held(90_000), mute, fresh),
                row(gaveUp, "no fresh one either", "points server path", gaveUp().held(90_000)),
                row(gaveUp, "forgotten", "", gaveUp().held(90_000), fresh));
    }

    private static Given gaveUp() {
        return Given.connected().fails(FailureName.TIMED_OUT, Phase.EXCHANGE, 93_000, null);
    }

    private static ControlResult again(ControlResult.Outcome outcome) {
        return new ControlResult(ControlResult.Control.REPEAT, HOST + ":" + PORT, outcome,
                Duration.ofMillis(2));
    }

    private static Stream<Row> kernel() {
        Rule stack = KernelRules::theOwnStackDoesNotLetItOut;
        Rule unread = KernelRules::theFarProgramDoesNotRead;
        Rule overflow = KernelRules::nothingCameAfterTheHandshake;
        Rule missing = KernelRules::anEarlierPartOfTheAnswerIsMissing;
        Rule small = KernelRules::smallSegmentsGetThrough;
        Rule here = KernelRules::theAnswerLayUnreadHere;
        TcpInfo idle = standing(0, 0, 300, 9, 65536, 0, 0);
        return Stream.of(
                row(stack, "a window, and nothing leaves", "proves client local-host", silent(),
                        snapshot(standing(0, 300, 0, 9, 65536, 0, 3), Timer.PROBE, 3, 0)),
                row(stack, "no window", "", silent(),
                        snapshot(standing(0, 40544, 0, 9, 0, 0, 0), Timer.PROBE, 0, 0)),
                row(unread, "no window", "points server remote-service", silent(),
                        snapshot(standing(0, 40544, 0, 9, 0, 0, 0), Timer.PROBE, 0, 0)),
                row(unread, "a window, and nothing leaves", "", silent(),
                        snapshot(standing(0, 300, 0, 9, 65536, 0, 3), Timer.PROBE, 3, 0)),
                row(overflow, "only the SYN-ACK came", "points server remote-service", silent(),
                        snapshot(standing(1, 0, 0, 1, 65536, 4, 0), Timer.RETRANSMIT, 3, 0)),
                row(overflow, "something else came before", "", silent(),
                        snapshot(standing(1, 0, 0, 5, 65536, 4, 0), Timer.RETRANSMIT, 3, 0)),
                row(missing, "a gap in the answer", "points server path", silent(),
                        snapshot(gap(), Timer.NONE, 0, 0)),
                row(missing, "no gap", "", silent(), snapshot(idle, Timer.NONE, 0, 0)),
                row(small, "small segments succeed", "points server path", silent(),
                        retry(SegmentSizeRetry.Outcome.SUCCEEDED)),
                row(small, "small segments fail alike", "", silent(),
                        retry(SegmentSizeRetry.Outcome.FAILED_ALIKE)),
                row(here, "stood still, bytes unread", "points client local-host", silent(),
                        snapshot(idle, Timer.NONE, 0, 200), pause(2500)),
                row(here, "stood still, nothing unread", "note", silent(),
                        snapshot(idle, Timer.NONE, 0, 0), pause(2500)),
                row(here, "bytes unread, never stood still", "", silent(),
                        snapshot(idle, Timer.NONE, 0, 200), pause(3)));
    }

    private static Stream<Row> liveness() {
        Rule alive = KernelRules::theFarKernelAnswersAndItsProgramDoesNot;
        Rule dead = KernelRules::theConnectionDiedAfterItsLastAcknowledgement;
        Rule forgotten = KernelRules::theFarEndHasForgottenTheConnection;
        Rule late = KernelRules::theAnswerCameAfterTheLimit;
        return Stream.of(
                row(alive, "acknowledged", "points server remote-service", silent(),
                        check(Answer.ACKNOWLEDGED)),
                row(alive, "through a proxy", "", silent().proxy("http://proxy.example:3128", null),
                        check(Answer.ACKNOWLEDGED)),
                row(dead, "silent", "points server path", silent(), check(Answer.SILENT)),
                row(dead, "acknowledged", "", silent(), check(Answer.ACKNOWLEDGED)),
                row(forgotten, "reset", "points server remote-host", silent(),
                        check(Answer.RESET)),
                row(forgotten, "silent", "", silent(), check(Answer.SILENT)),
                row(late, "data", "note", silent(), check(Answer.DATA)),
                row(late, "silent", "", silent(), check(Answer.SILENT)));
    }

    private static Stream<Row> sequence() {
        Rule nothing = KernelRules::theFarProgramHasWrittenNothing;
        Rule lost = KernelRules::theAnswerIsLostOnTheWay;
        SequenceCheck none = written(Written.NOTHING);
        SequenceCheck some = written(Written.SOMETHING);
        RouteFacts far = route(ROUTER, Link.UP);
        ControlResult beyond = control(ONE_HOP, UNREACHABLE);
        return Stream.of(
                row(nothing, "beyond a gateway, and nobody nearer", "proves server remote-service",
                        patient(), none, far, beyond),
                row(nothing, "a sidecar may have taken it", "points server remote-service",
                        patient(), none, far, control(ONE_HOP, CONNECTED)),
                row(nothing, "nobody looked who is near", "points server remote-service",
                        patient(), none, far),
                row(nothing, "on the link, where a sidecar cannot be told",
                        "points server remote-service", patient(), none, route(null, Link.UP)),
                row(nothing, "hardly waited", "points server remote-service",
                        patient().limit(TimeoutName.SOCKET, 300), none, far,
                        beyond),
                row(nothing, "something", "", patient(), some, far, beyond),
                row(nothing, "through a proxy", "",
                        patient().proxy("http://proxy.example:3128", null), none, far, beyond),
                row(lost, "it came as far as this machine", "points client local-host", patient(),
                        some, counted(0, 0, 0L, 3, 0, 0, 1000)),
                row(lost, "it did not", "proves server path", patient(), some,
                        counted(0, 0, 0L, 0, 0, 0, 1000)),
                row(lost, "nothing", "", patient(), none));
    }

    private static SequenceCheck written(Written written) {
        return new SequenceCheck(Via.SOCKET, HOST, PORT, written);
    }

    private static Given patient() {
        return silent().limit(TimeoutName.SOCKET, 10_000);
    }

    private static Row row(Rule rule, String situation, String says, Given given,
            Observation... observations) {
        return new Row(rule, situation, given.facts(observations), says);
    }

    private static Given connect(FailureName name, double millis) {
        return Given.target("db.example:5432").fails(name, Phase.CONNECT, millis, null);
    }

    private static Given silence() {
        return Given.target("db.example:5432")
                .fails(FailureName.TIMED_OUT, Phase.CONNECT, 3100, TimeoutName.CONNECT);
    }

    /** A connection that stands, and no answer. */
    private static Given silent() {
        return Given.connected()
                .fails(FailureName.TIMED_OUT, Phase.EXCHANGE, 10_000,
                        TimeoutName.SOCKET);
    }

    private static Given ended() {
        return Given.connected()
                .bytes(111, 0, 0)
                .request(RequestProgress.COMPLETE)
                .fails(FailureName.RESET, Phase.EXCHANGE, 1, null);
    }

    private static RouteFacts route(@Nullable String gateway, Link link) {
        return new RouteFacts(HOST, 0, RouteFacts.Kind.REMOTE, "eth0", gateway, "10.0.0.2", link);
    }

    private static RouteFacts noRoute(int errno) {
        return new RouteFacts(HOST, errno, RouteFacts.Kind.NONE, null, null, null, Link.UNKNOWN);
    }

    private static NextHop hop(String address, Role role, NextHop.State state) {
        return new NextHop(address, role, state, null);
    }

    private static CounterChanges counted(int syns, int others, @Nullable Long out, long in,
            long failures, long retransmits, long millis) {
        return new CounterChanges(Duration.ofMillis(millis), syns, others, out, in, failures,
                retransmits, 0, 0, 0, 0);
    }

    private static IcmpAnswer icmp(Place place, Meaning meaning, long millis) {
        return new IcmpAnswer(HOST, PORT, new IcmpMessage(meaning, 3, 1, 113, ROUTER, 64), place,
                Duration.ofMillis(millis));
    }

    private static ControlResult control(ControlResult.Control control,
            ControlResult.Outcome outcome) {
        return new ControlResult(control, "198.51.100.1:443", outcome, Duration.ofMillis(2));
    }

    private static LateConnect late(ControlResult.Outcome outcome, long millis) {
        return new LateConnect(HOST, PORT, outcome, 0, Duration.ofMillis(millis));
    }

    private static LocalListener listener(LocalListener.State state) {
        return new LocalListener(HOST, PORT, state, 2, 1);
    }

    private static PathTrace trace(int port, int routers, boolean host) {
        Stream<Hop> way = Stream.iterate(1, ttl -> ttl + 1)
                .limit(routers)
                .map(ttl -> new Hop(ttl, PathTrace.Answer.ROUTER, "10.0." + ttl + ".1",
                        Duration.ofMillis(ttl)));
        Hop end = host
                ? new Hop(routers + 1, PathTrace.Answer.RESET, HOST, Duration.ofMillis(20))
                : new Hop(routers + 1, PathTrace.Answer.SILENT, null, Duration.ofMillis(900));
        return new PathTrace(HOST, port, Stream.concat(way, Stream.of(end)).toList());
    }

    private static AnswerTtl ttl(int port, int ttl) {
        return new AnswerTtl(HOST, port, AnswerTtl.Answer.RESET, ttl);
    }

    private static TransmitTimes times(@Nullable Integer sent, @Nullable Integer acknowledged) {
        return new TransmitTimes(Via.SOCKET, HOST, PORT, 112,
                sent == null ? null : Duration.ofMillis(sent),
                acknowledged == null ? null : Duration.ofMillis(acknowledged));
    }

    private static AnswerTtl taken(int ttl) {
        return new AnswerTtl(HOST, 443, AnswerTtl.Answer.SYN_ACK, ttl);
    }

    private static SegmentSizeRetry retry(SegmentSizeRetry.Outcome outcome) {
        return new SegmentSizeRetry(Via.SOCKET, HOST, PORT, 536, outcome);
    }

    private static LivenessCheck check(Answer answer) {
        return new LivenessCheck(Via.SOCKET, HOST, PORT, answer, Duration.ofMillis(25));
    }

    private static OwnPauses pause(long millis) {
        return new OwnPauses(Duration.ofSeconds(3), Duration.ZERO, Duration.ofMillis(millis));
    }

    private static SocketSnapshot snapshot(TcpInfo info, Timer timer, int count, long unread) {
        return new SocketSnapshot(Via.SOCKET, HOST, PORT, Moment.FAILING, info,
                new SocketQueues(timer, count, unread, 0));
    }

    private static TcpInfo syn(int retransmits, long sentAgain) {
        return info(TcpState.SYN_SENT, retransmits, 0, 1, 0, 0L, 0L, 0L, sentAgain, 0L);
    }

    private static TcpInfo standing(long unacked, long notSent, long acked, long segmentsIn,
            long window, long sentAgain, int probes) {
        return info(TcpState.ESTABLISHED, (int) sentAgain, probes, unacked, notSent, acked,
                segmentsIn, window, sentAgain, 0L);
    }

    private static TcpInfo gap() {
        return info(TcpState.ESTABLISHED, 0, 0, 0, 0, 300L, 9L, 65536L, 0, 1L);
    }

    private static TcpInfo info(TcpState state, int retransmits, int probes, long unacked,
            long notSent, Long acked, Long segmentsIn, Long window, long sentAgain, Long gaps) {
        return new TcpInfo(state, retransmits, probes, 204_000, 1448, 1448, unacked, 10, 10, 10,
                1500, 20_000, sentAgain, acked, 0L, 9L, segmentsIn, notSent, 20_000L, 300L, 0L, 0L,
                gaps, window);
    }

    private static String spoken(List<Finding> findings) {
        return findings.stream().map(EvidenceRulesTest::spoken).collect(Collectors.joining(", "));
    }

    private static String spoken(Finding finding) {
        Side side = finding.evidence().supports();
        return side == null ? "note"
                : finding.weight().name().toLowerCase(Locale.ROOT) + " " + side.id() + " "
                        + finding.locus().id();
    }
}
