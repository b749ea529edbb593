package probe.profile;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import probe.profile.TlsSettings.Verification;
import probe.target.HostPort;

/**
 * Everything that a profile may say; what it leaves out stays as it is.
 *
 * @param origin where its values come from, as a report names it
 * @param description one sentence for people, or null
 * @param timeouts the limits it sets
 * @param attempts how many times each target is probed, 1 to {@link #MAX_ATTEMPTS}, or null
 * @param interval the pause between two attempts, or null
 * @param evidence how far to look when something fails, or null
 * @param family which addresses of a name are attempted, or null
 * @param http what it says about HTTP, or null
 * @param exchange the script for a raw socket, or null
 * @param tls what it says about TLS, or null
 * @param controls known-good places to compare with, or null
 */
public record Profile(Origin origin, @Nullable String description,
        Map<TimeoutName, Duration> timeouts, @Nullable Integer attempts,
        @Nullable Duration interval, @Nullable EvidenceLevel evidence,
        @Nullable AddressFamily family, @Nullable Http http, @Nullable List<Step> exchange,
        @Nullable Tls tls, @Nullable List<HostPort> controls) {
    /** A million attempts at the shortest interval take a quarter of an hour: beyond that is load. */
    public static final int MAX_ATTEMPTS = 1_000_000;

    /** The same under another name in reports. */
    public Profile named(String name) {
        return new Profile(new Origin.FromProfile(name), description, timeouts, attempts, interval,
                evidence, family, http, exchange, tls, controls);
    }

    /**
     * What a profile may say about HTTP.
     *
     * @param method the request's method, or null
     * @param headers the fields to send, or null
     * @param expectStatus the statuses of a good answer, or null
     * @param expectBody a regular expression that the body must contain, or null
     */
    public record Http(@Nullable String method, @Nullable List<Header> headers,
            @Nullable List<StatusRange> expectStatus, @Nullable String expectBody) {}

    /**
     * What a profile may say about TLS.
     *
     * @param minimum lowest protocol offered, such as {@code TLSv1.2}, or null
     * @param maximum highest protocol offered, or null
     * @param serverName the name sent as SNI and verified, or null
     * @param verification whether the peer must prove who it is, or null
     */
    public record Tls(@Nullable String minimum, @Nullable String maximum,
            @Nullable String serverName, @Nullable Verification verification) {}
}
