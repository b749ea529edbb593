package probe.profile;

/** Which addresses of a name are attempted. */
public enum AddressFamily {
    /** All, IPv6 and IPv4 in turn (the interleaving of RFC 8305 §4, without its race). */
    ANY("any"),
    /** IPv4 alone: {@code -4}. */
    IPV4("ipv4"),
    /** IPv6 alone: {@code -6}. */
    IPV6("ipv6");

    private final String id;

    AddressFamily(String id) {
        this.id = id;
    }

    /** The stable word for it. */
    public String id() {
        return id;
    }
}
