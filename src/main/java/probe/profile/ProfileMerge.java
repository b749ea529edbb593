package probe.profile;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lays a profile over settings. */
public final class ProfileMerge {

    private ProfileMerge() {}

    /**
     * {@code base} with everything that the profile says. Flags come after this; {@link Timeouts#withDefaultTls}
     * comes last of all.
     */
    public static Settings apply(Settings base, Profile profile) {
        return new Settings(timeouts(base.timeouts(), profile), or(profile.family(), base.family()),
                base.pins(),
                http(base.http(), profile.http()), or(profile.exchange(), base.exchange()),
                tls(base.tls(), profile.tls()), base.proxy(),
                or(profile.evidence(), base.evidence()),
                or(profile.controls(), base.controls()), or(profile.attempts(), base.attempts()),
                or(profile.interval(), base.interval()));
    }

    private static Timeouts timeouts(Timeouts base, Profile profile) {
        Timeouts merged = base;
        for (Map.Entry<TimeoutName, Duration> limit : profile.timeouts().entrySet()) {
            merged = merged.with(limit.getKey(), new Setting<>(limit.getValue(), profile.origin()));
        }
        return merged;
    }

    private static HttpSettings http(HttpSettings base, Profile.@Nullable Http over) {
        return over == null ? base
                : new HttpSettings(or(over.method(), base.method()),
                        or(over.headers(), base.headers()), base.body(),
                        or(over.expectStatus(), base.expectStatus()),
                        over.expectBody() == null ? base.expectBody() : over.expectBody());
    }

    private static TlsSettings tls(TlsSettings base, Profile.@Nullable Tls over) {
        return over == null ? base
                : new TlsSettings(base.caCertificates(), base.certificate(), base.key(),
                        or(over.verification(), base.verification()),
                        over.minimum() == null ? base.minimum() : over.minimum(),
                        over.maximum() == null ? base.maximum() : over.maximum(),
                        over.serverName() == null ? base.serverName() : over.serverName());
    }

    private static <T> T or(@Nullable T said, T otherwise) {
        return said == null ? otherwise : said;
    }
}
