package probe.testing;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * What a proxy was asked for.
 *
 * @param command the HTTP method, or {@code CONNECT} for SOCKS
 * @param host the target as the client wrote it, an IPv6 literal without brackets
 * @param kind whether that is a name, which the proxy has to resolve, or an address
 * @param port the target's port
 * @param credentials {@code user:password}, if the client sent them
 */
public record ProxyRequest(String command, String host, HostKind kind, int port,
        Optional<String> credentials) {
    /** How the target was named; for SOCKS the ATYP field (RFC 1928 §5). */
    public enum HostKind {
        NAME,
        IPV4,
        IPV6;

        static HostKind of(String host) {
            try {
                return InetAddress.ofLiteral(host) instanceof Inet4Address ? IPV4 : IPV6;
            } catch (IllegalArgumentException e) {
                return NAME;
            }
        }
    }
}
