package probe.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a certificate says. Times are relative to now, so that a spec never grows old.
 *
 * @param commonName the subject's only attribute; clients must not look for the host name there (RFC 9525 §2)
 * @param names subject alternative names: host names (with {@code *.} in front for a wildcard) and IP literals
 * @param begins when it becomes valid, from now; negative for the past
 * @param ends when it stops being valid, from now; negative for the past
 * @param usage what it may be used for
 * @param key what kind of key it certifies
 */
public record CertificateSpec(
        String commonName, List<String> names, Duration begins, Duration ends, Usage usage,
        Key key) {
    /** What the key may be used for (RFC 5280 §4.2.1.3, §4.2.1.9, §4.2.1.12). */
    public enum Usage {
        AUTHORITY,
        SERVER,
        CLIENT
    }

    /** The kind of the certified key. */
    public enum Key {
        EC_P256,
        /** Below what the JDK accepts in a path (security property jdk.certpath.disabledAlgorithms). */
        WEAK_RSA
    }

    /** The names of a server that is found however a test calls it. */
    static final List<String> LOCAL_NAMES = List.of("localhost", "good.test", "*.wild.test",
            "127.0.0.1", "127.0.0.2", "::1");

    private static final Duration YEAR = Duration.ofDays(365);

    public CertificateSpec {
        names = List.copyOf(names);
    }

    /** A certificate for all the names of this machine, valid from an hour ago for a year. */
    public static CertificateSpec server() {
        return new CertificateSpec(
                "probe test server", LOCAL_NAMES, Duration.ofHours(-1), YEAR, Usage.SERVER,
                Key.EC_P256);
    }

    public static CertificateSpec client() {
        return new CertificateSpec(
                "probe test client", List.of(), Duration.ofHours(-1), YEAR, Usage.CLIENT,
                Key.EC_P256);
    }

    static CertificateSpec authority(String commonName) {
        return new CertificateSpec(
                commonName, List.of(), Duration.ofDays(-30), YEAR, Usage.AUTHORITY, Key.EC_P256);
    }

    public CertificateSpec commonName(String value) {
        return new CertificateSpec(value, names, begins, ends, usage, key);
    }

    public CertificateSpec forNames(String... values) {
        return new CertificateSpec(commonName, List.of(values), begins, ends, usage, key);
    }

    public CertificateSpec valid(Duration from, Duration until) {
        return new CertificateSpec(commonName, names, from, until, usage, key);
    }

    public CertificateSpec usage(Usage value) {
        return new CertificateSpec(commonName, names, begins, ends, value, key);
    }

    public CertificateSpec key(Key value) {
        return new CertificateSpec(commonName, names, begins, ends, usage, value);
    }

    Instant notBefore() {
        return Instant.now().plus(begins);
    }

    Instant notAfter() {
        return Instant.now().plus(ends);
    }
}
