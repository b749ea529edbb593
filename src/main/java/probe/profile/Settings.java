package probe.profile;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import probe.target.HostPort;

/**
 * Everything that one run goes by, complete before anything is opened.
 *
 * @param timeouts the six limits
 * @param family which addresses of a name are attempted
 * @param pins addresses given instead of a lookup
 * @param http what is asked over HTTP
 * @param exchange the script on a raw socket, in order; may be empty
 * @param tls whom to trust and who to be
 * @param proxy the proxy in force, or null for a direct connection
 * @param evidence how far to look when something fails
 * @param controls known-good places to compare with
 * @param attempts how many times each target is probed, at least 1
 * @param interval the pause between two of them
 */
public record Settings(Timeouts timeouts, AddressFamily family, List<Pin> pins, HttpSettings http,
        List<Step> exchange,
        TlsSettings tls, @Nullable ProxySettings proxy, EvidenceLevel evidence,
        List<HostPort> controls,
        int attempts, Duration interval) {

    /** What is in force when nobody says anything. */
    public static Settings defaults() {
        return new Settings(Timeouts.defaults(), AddressFamily.ANY, List.of(),
                HttpSettings.defaults(), List.of(),
                TlsSettings.defaults(), null, EvidenceLevel.NORMAL, List.of(), 1,
                Duration.ofSeconds(1));
    }

    /** These settings with other timeouts. */
    public Settings withTimeouts(Timeouts other) {
        return new Settings(other, family, pins, http, exchange, tls, proxy, evidence, controls,
                attempts, interval);
    }

    /** These settings with another script. */
    public Settings withExchange(List<Step> other) {
        return new Settings(timeouts, family, pins, http, other, tls, proxy, evidence, controls,
                attempts, interval);
    }

    /** These settings with another HTTP request. */
    public Settings withHttp(HttpSettings other) {
        return new Settings(timeouts, family, pins, other, exchange, tls, proxy, evidence, controls,
                attempts, interval);
    }

    /** These settings with other TLS settings. */
    public Settings withTls(TlsSettings other) {
        return new Settings(timeouts, family, pins, http, exchange, other, proxy, evidence,
                controls, attempts, interval);
    }

    /** These settings with a proxy, or with none. */
    public Settings withProxy(@Nullable ProxySettings other) {
        return new Settings(timeouts, family, pins, http, exchange, tls, other, evidence, controls,
                attempts, interval);
    }
}
