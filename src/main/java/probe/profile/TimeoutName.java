package probe.profile;

/** The six timers, each separate; what they mean is in the table of the README. */
public enum TimeoutName {
    /** Name resolution: from the question until the system's resolver answers. */
    DNS("dns"),
    /** TCP handshake with one address: from the first SYN until the handshake is done. */
    CONNECT("connect"),
    /** TLS handshake: from the first byte of the ClientHello until it is done; a total, not a gap. */
    TLS("tls"),
    /** Lease of a pooled connection: it says nothing about the network. */
    CONNECTION_REQUEST("connection-request"),
    /** Longest silence between two reads, and longest time that no byte of a write is taken. */
    SOCKET("socket"),
    /** Everything together: the only total. */
    DEADLINE("deadline");

    private final String id;

    TimeoutName(String id) {
        this.id = id;
    }

    /** The stable word for it in flags ({@code --ID-timeout}), profiles and reports. */
    public String id() {
        return id;
    }

    /** The flag that sets it. */
    public String flag() {
        return this == DEADLINE ? "--deadline" : "--" + id + "-timeout";
    }
}
