package probe.target;

import org.jspecify.annotations.Nullable;

/**
 * One thing to probe, as it was asked for.
 *
 * @param input what was written, without user name and password
 * @param scheme how to speak to it
 * @param host a name in ASCII form (RFC 5891), or an address literal without brackets
 * @param port 1 to 65535
 * @param path path and query of a URL, beginning with {@code /}; empty for {@code tcp} and {@code tls}
 * @param userInfo user name and password of the URL, decoded, as {@code user:password}; never to be printed
 */
public record Target(String input, Scheme scheme, String host, int port, String path,
        @Nullable String userInfo) {

    /** The host and port to connect to when no proxy stands between. */
    public HostPort hostPort() {
        return new HostPort(host, port);
    }

    /** The URL or {@code scheme://host:port} of this target, without user name and password. */
    public String url() {
        return scheme.id() + "://" + hostPort() + path;
    }

    /** Never shows {@link #userInfo}. */
    @Override
    public String toString() {
        return input;
    }
}
