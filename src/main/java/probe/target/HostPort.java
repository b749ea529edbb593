package probe.target;

/**
 * A host and a port, nothing more.
 *
 * @param host a name in ASCII form, or an address literal without brackets
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {

    /** Whether this host is an IPv6 literal, which needs brackets before a port (RFC 3986 §3.2.2). */
    public static boolean isIpv6Literal(String host) {
        return host.indexOf(':') >= 0;
    }

    /** Whether this host is an address of either family, so that there is no name to resolve. */
    public static boolean isAddressLiteral(String host) {
        return isIpv6Literal(host) || !host.isEmpty()
                && host.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.');
    }

    /** {@code host:port}, with brackets around an IPv6 literal. */
    @Override
    public String toString() {
        return isIpv6Literal(host) ? "[" + host + "]:" + port : host + ":" + port;
    }
}
