package probe.lab;

import static probe.lab.Place.CLIENT;
import static probe.lab.Place.ROUTER1;
import static probe.lab.Place.ROUTER2;
import static probe.lab.Place.SERVER;

import java.util.List;
import probe.advice.Advice.SafeFor;
import probe.diagnosis.Kind;
import probe.diagnosis.Locus;

/** Faults of connections that stand: silence, resets and ends while a request is written or an answer read. */
final class StreamScenarios {
    /** Segments that carry more than the handshake and bare acknowledgements do. */
    private static final String LOADED = "meta length > 80 ";

    private StreamScenarios() {}

    static List<Scenario> all() {
        return List.of(
                silence("mute-service", Service.MUTE.http()).server(Locus.REMOTE_SERVICE)
                        .because("the service reads the request and says nothing"),
                silence("mute-service-far", Service.MUTE.http()).delayed(75)
                        .server(Locus.REMOTE_SERVICE)
                        .because("the service, 150 ms away, reads the request and says nothing"),
                silence("answer-limit-below-round-trip", Service.HEALTHY.http()).delayed(250)
                        .with("--socket-timeout=400ms")
                        .client(Locus.CONFIGURATION)
                        .because("no answer can come within less than the way there and back"),
                silence("mute-service-v6", "http://[fd77:2::2]:8001/").server(
                        Locus.REMOTE_SERVICE)
                        .because("the service reads the request and says nothing"),
                silence("never-accepts", Service.NEVER_ACCEPTS.http()).server(Locus.REMOTE_SERVICE)
                        .because(
                                "the server's kernel takes the connection, its service never does"),
                silence("frozen-service", Service.HEALTHY.http()).frozen()
                        .server(Locus.REMOTE_SERVICE, Locus.REMOTE_HOST)
                        .because("the service's process is stopped"),
                silence("stalls-in-head", Service.STALLS_IN_HEAD.http())
                        .server(Locus.REMOTE_SERVICE)
                        .because("the service stops in the middle of its head"),
                silence("stalls-in-body", Service.STALLS_IN_BODY.http())
                        .server(Locus.REMOTE_SERVICE)
                        .because("the service stops in the middle of its body"),
                row("drips-past-deadline", Service.DRIPS.http(), Kind.DEADLINE_EXCEEDED)
                        .with("--deadline=3s")
                        .server(Locus.REMOTE_SERVICE)
                        .because("the service sends a byte now and then"),
                row("never-reads", Service.NEVER_READS.http(), Kind.WRITE_TIMEOUT)
                        .at(CLIENT, "sysctl -qw net.ipv4.tcp_wmem=\"4096 16384 16384\"")
                        .with("--data=" + "x".repeat(90_000))
                        .server(Locus.REMOTE_SERVICE)
                        .because("the service reads nothing, and its window closes"),
                silence("last-router-drops-requests", Service.HEALTHY.http())
                        .filter(ROUTER2, "forward tcp dport 8000 " + LOADED + "drop")
                        .path(Locus.REMOTE_HOST)
                        .safeFor(SafeFor.IDEMPOTENT_ONLY, SafeFor.ANY_METHOD)
                        .because("the handshake passes, the request does not"),
                silence("gateway-drops-requests", Service.HEALTHY.http())
                        .filter(ROUTER1, "forward tcp dport 8000 " + LOADED + "drop")
                        .client(Locus.LOCAL_NETWORK, Locus.PATH)
                        .undecidable()
                        .because("the request is lost at the gateway, as it might be further on"),
                silence("last-router-drops-answers", Service.HEALTHY.http())
                        .filter(ROUTER2, "forward tcp sport 8000 " + LOADED + "drop")
                        .path(Locus.REMOTE_HOST, Locus.REMOTE_SERVICE)
                        .because(
                                "the request arrives, the answer is lost: it looks like a slow service"),
                silence("mtu-hole-for-answers", Service.LONG_ANSWER.http())
                        .filter(ROUTER2, "forward tcp sport 8032 meta length > 1000 drop")
                        .path(Locus.REMOTE_HOST, Locus.REMOTE_SERVICE)
                        .because("full segments of the answer are lost, small ones pass"),
                silence("mtu-hole-for-requests", Service.HEALTHY.http())
                        .filter(ROUTER2, "forward tcp dport 8000 meta length > 1000 drop")
                        .with("--data=" + "x".repeat(6000))
                        .path(Locus.REMOTE_HOST, Locus.REMOTE_SERVICE)
                        .because("full segments of the request are lost, small ones pass"),
                silence("server-drops-requests", Service.HEALTHY.http())
                        .filter(SERVER, "input tcp dport 8000 " + LOADED + "drop")
                        .server(Locus.REMOTE_HOST, Locus.PATH, Locus.REMOTE_SERVICE)
                        .undecidable()
                        .because(
                                "the server's firewall drops what is not a handshake, as the path might"),
                silence("dies-after-handshake", Service.MUTE.http())
                        .filter(ROUTER2, "forward tcp dport 8001 ct packets > 2 drop")
                        .path(Locus.REMOTE_HOST)
                        .because("everything after the handshake is lost"),
                silence("dies-after-request", Service.MUTE.http())
                        .filter(ROUTER2, "forward tcp sport 8001 ct reply packets > 2 drop")
                        .path(Locus.REMOTE_HOST, Locus.REMOTE_SERVICE)
                        .because("the request is acknowledged, then the way back dies"),
                silence("own-filter-drops-requests", Service.HEALTHY.http())
                        .filter(CLIENT, "output tcp dport 8000 " + LOADED + "drop")
                        .client(Locus.LOCAL_HOST)
                        .because("the own firewall keeps the request in"),
                silence("own-filter-drops-requests-traced", Service.HEALTHY.http())
                        .with("--evidence=deep")
                        .filter(CLIENT, "output tcp dport 8000 " + LOADED + "drop")
                        .client(Locus.LOCAL_HOST)
                        .because(
                                "the own firewall keeps the request in, and it has no time of leaving"),
                silence("gateway-drops-requests-traced", Service.HEALTHY.http())
                        .with("--evidence=deep")
                        .filter(ROUTER1, "forward tcp dport 8000 " + LOADED + "drop")
                        .path(Locus.LOCAL_NETWORK, Locus.REMOTE_HOST, Locus.REMOTE_SERVICE)
                        .because("the request leaves this machine, and is lost further on"),
                silence("own-filter-drops-answers", Service.HEALTHY.http())
                        .filter(CLIENT, "input tcp sport 8000 " + LOADED + "drop")
                        .client(Locus.LOCAL_HOST)
                        .because("the own firewall keeps the answer out"),
                row("resets-after-request", Service.RESETS_AFTER_REQUEST.http(), Kind.RESET).server(
                        Locus.REMOTE_SERVICE, Locus.REMOTE_HOST)
                        .undecidable()
                        .because(
                                "the service resets once it has the request, as a filter might in its name"),
                row("closes-after-request", Service.CLOSES_AFTER_REQUEST.http(), Kind.EMPTY_REPLY)
                        .server(Locus.REMOTE_SERVICE)
                        .because("the service closes instead of answering"),
                row("closes-in-body", Service.CLOSES_IN_BODY.http(), Kind.TRUNCATED).server(
                        Locus.REMOTE_SERVICE)
                        .because("the service closes before its body is whole"),
                row("resets-in-body", Service.RESETS_IN_BODY.http(), Kind.RESET, Kind.TRUNCATED)
                        .server(Locus.REMOTE_SERVICE, Locus.REMOTE_HOST)
                        .undecidable()
                        .because(
                                "the service resets before its body is whole, as a filter might in its name"),
                row("resets-on-accept", Service.RESETS_ON_ACCEPT.http(), Kind.RESET,
                        Kind.CONNECT_RESET, Kind.BROKEN_PIPE)
                        .server(Locus.REMOTE_SERVICE, Locus.REMOTE_HOST)
                        .safeFor(SafeFor.IDEMPOTENT_ONLY, SafeFor.ANY_METHOD)
                        .undecidable()
                        .because(
                                "the service resets every connection at once, as a filter might in its name"),
                row("closes-on-accept", Service.CLOSES_ON_ACCEPT.target(), Kind.EMPTY_REPLY,
                        Kind.RESET, Kind.BROKEN_PIPE)
                        .with("--expect=.")
                        .server(Locus.REMOTE_SERVICE)
                        .safeFor(SafeFor.IDEMPOTENT_ONLY, SafeFor.ANY_METHOD)
                        .undecidable()
                        .because(
                                "the service closes every connection at once, as if it let in only others"),
                row("last-router-resets-requests", Service.HEALTHY.http(), Kind.RESET)
                        .filter(ROUTER2,
                                "forward tcp dport 8000 " + LOADED + "reject with tcp reset")
                        .path(Locus.REMOTE_HOST, Locus.REMOTE_SERVICE)
                        .safeFor(SafeFor.IDEMPOTENT_ONLY, SafeFor.ANY_METHOD)
                        .because("a router resets in the server's name when it sees the request"),
                row("gateway-resets-requests", Service.HEALTHY.http(), Kind.RESET)
                        .filter(ROUTER1,
                                "forward tcp dport 8000 " + LOADED + "reject with tcp reset")
                        .client(Locus.LOCAL_NETWORK, Locus.PATH)
                        .undecidable()
                        .safeFor(SafeFor.IDEMPOTENT_ONLY, SafeFor.ANY_METHOD)
                        .because("the own gateway resets in the server's name"),
                row("own-filter-resets-requests", Service.HEALTHY.http(), Kind.RESET)
                        .filter(CLIENT,
                                "output tcp dport 8000 " + LOADED + "reject with tcp reset")
                        .client(Locus.LOCAL_HOST)
                        .safeFor(SafeFor.IDEMPOTENT_ONLY, SafeFor.ANY_METHOD)
                        .because("the own firewall resets when it sees the request"),
                row("speaks-ssh", Service.TALKS_SSH.http(), Kind.PROTOCOL_ERROR).client(
                        Locus.CONFIGURATION)
                        .undecidable()
                        .because(
                                "an SSH server was asked for a page: a wrong port, or one that has moved"));
    }

    private static Scenario.Builder row(String id, String target, Kind... kinds) {
        return Scenario.of(id, target)
                .with("--connect-timeout=1200ms")
                .kind(kinds)
                .safeFor(SafeFor.IDEMPOTENT_ONLY);
    }

    private static Scenario.Builder silence(String id, String target) {
        return row(id, target, Kind.READ_TIMEOUT);
    }
}
