package probe.diagnosis;

import java.util.Optional;

/** Where the fault lies. */
public enum Locus {
    /** This machine: its limits, routes, links, firewall, clock, pool. */
    LOCAL_HOST("local-host"),
    /** What turns names into addresses here: resolver, hosts file, name servers. */
    RESOLVER("resolver"),
    /** The own network up to and including the default gateway. */
    LOCAL_NETWORK("local-network"),
    /** Between the own gateway and the far host: belongs to neither side. */
    PATH("path"),
    /** The far machine or its firewall. */
    REMOTE_HOST("remote-host"),
    /** The program behind the port, or what stands behind it. */
    REMOTE_SERVICE("remote-service"),
    /** The proxy that was asked to connect onwards. */
    PROXY("proxy"),
    /** What was asked is wrong: a name, a port, a certificate, credentials, a limit. */
    CONFIGURATION("configuration");

    private final String id;

    Locus(String id) {
        this.id = id;
    }

    /** The stable word for it. */
    public String id() {
        return id;
    }

    /** The locus with this {@link #id()}. */
    public static Optional<Locus> byId(String id) {
        for (Locus locus : values()) {
            if (locus.id.equals(id)) {
                return Optional.of(locus);
            }
        }
        return Optional.empty();
    }
}
