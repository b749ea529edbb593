package probe.lab;

import static probe.lab.Place.ROUTER1;
import static probe.lab.Place.ROUTER2;

import java.util.List;
import probe.advice.Advice.SafeFor;
import probe.diagnosis.Kind;
import probe.diagnosis.Locus;

/** Faults of connections that were silent for longer than somebody keeps them. */
final class IdleScenarios {
    /** An entry of a connection is gone after a second of silence, and no other is made for one that is under way. */
    private static final String FORGETS = "sysctl -qw net.netfilter.nf_conntrack_tcp_loose=0"
            + " net.netfilter.nf_conntrack_tcp_timeout_established=1";

    private IdleScenarios() {}

    static List<Scenario> all() {
        return List.of(
                idle("idle-forgotten-by-gateway", Service.HEALTHY.http(), Kind.READ_TIMEOUT)
                        .filter(ROUTER1, "forward ct state invalid drop")
                        .at(ROUTER1, FORGETS)
                        .client(Locus.CONFIGURATION, Locus.LOCAL_NETWORK, Locus.PATH)
                        .undecidable()
                        .because("the gateway has forgotten the silent connection, and drops"),
                idle("idle-forgotten-further-on", Service.HEALTHY.target(), Kind.READ_TIMEOUT)
                        .filter(ROUTER2, "forward ct state invalid drop")
                        .at(ROUTER2, FORGETS)
                        .client(Locus.CONFIGURATION, Locus.LOCAL_NETWORK, Locus.PATH)
                        .undecidable()
                        .because("a router has forgotten the silent connection, and drops"),
                idle("idle-reset-by-gateway", Service.HEALTHY.http(), Kind.RESET)
                        .filter(ROUTER1, "forward ct state invalid reject with tcp reset")
                        .at(ROUTER1, FORGETS)
                        .client(Locus.CONFIGURATION, Locus.LOCAL_NETWORK, Locus.PATH)
                        .undecidable()
                        .because("the gateway has forgotten the silent connection, and resets"),
                idle("idle-reset-further-on", Service.HEALTHY.target(), Kind.RESET)
                        .filter(ROUTER2, "forward ct state invalid reject with tcp reset")
                        .at(ROUTER2, FORGETS)
                        .client(Locus.CONFIGURATION, Locus.LOCAL_NETWORK, Locus.PATH)
                        .undecidable()
                        .because("a router has forgotten the silent connection, and resets"));
    }

    private static Scenario.Builder idle(String id, String target, Kind kind) {
        return Scenario.of(id, target)
                .with("--idle=2500ms", "--socket-timeout=1500ms")
                .kind(kind)
                .safeFor(SafeFor.IDEMPOTENT_ONLY, SafeFor.ANY_METHOD);
    }
}
