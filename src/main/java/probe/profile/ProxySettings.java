package probe.profile;

import org.jspecify.annotations.Nullable;
import probe.target.HostPort;

/**
 * The proxy a target is reached through.
 *
 * @param kind how the proxy is spoken to
 * @param where the proxy's host and port
 * @param userInfo user name and password as {@code user:password}, or null; never to be printed
 * @param origin who said that there is a proxy: the flag or the environment variable
 */
public record ProxySettings(Kind kind, HostPort where, @Nullable String userInfo, Origin origin) {

    /** How the proxy is spoken to, and who resolves the target's name. */
    public enum Kind {
        /** HTTP: CONNECT for TLS targets and raw ones, absolute-form requests for {@code http} (RFC 9110 §7.3.2). */
        HTTP("http"),
        /** SOCKS 5 with names resolved here (RFC 1928). */
        SOCKS5("socks5"),
        /** SOCKS 5 with names resolved by the proxy, curl's {@code socks5h}. */
        SOCKS5_REMOTE_NAMES("socks5h");

        private final String id;

        Kind(String id) {
            this.id = id;
        }

        /** The scheme of a proxy URL. */
        public String id() {
            return id;
        }
    }

    /** {@code http://host:port}, never the password. */
    @Override
    public String toString() {
        return kind.id() + "://" + where;
    }
}
