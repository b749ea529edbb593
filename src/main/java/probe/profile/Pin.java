package probe.profile;

import java.util.List;

/**
 * {@code --resolve host:port:addr}: for this host and port, these addresses and no lookup, as in curl.
 *
 * @param host the name, compared without case
 * @param port the port, or 0 for every port ({@code *})
 * @param addresses literals, without brackets
 */
public record Pin(String host, int port, List<String> addresses) {

    /** Whether this pin speaks of the host and port. */
    public boolean matches(String otherHost, int otherPort) {
        return host.equalsIgnoreCase(otherHost) && (port == 0 || port == otherPort);
    }
}
