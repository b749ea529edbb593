package probe.prober;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import probe.attempt.Excerpt;

/** The versions of TLS, oldest first. */
enum TlsVersion {
    SSL_3_0(0x0300, "SSLv3", "SSLv3"),
    TLS_1_0(0x0301, "TLSv1", "1.0"),
    TLS_1_1(0x0302, "TLSv1.1", "1.1"),
    TLS_1_2(0x0303, "TLSv1.2", "1.2"),
    TLS_1_3(0x0304, "TLSv1.3", "1.3");

    private final int number;
    private final String id;
    private final String digits;

    TlsVersion(int number, String id, String digits) {
        this.number = number;
        this.id = id;
        this.digits = digits;
    }

    /** JSSE's name for a version, or its number on the wire in hexadecimal where it has none here. */
    static String name(int number) {
        for (TlsVersion version : values()) {
            if (version.number == number) {
                return version.id;
            }
        }
        return String.format("0x%04x", number);
    }

    /**
     * The versions to offer, by JSSE's names, newest first.
     *
     * @param minimum lowest version, such as {@code TLSv1.2} or {@code 1.2}, or null
     * @param maximum highest version, or null
     * @param available what this runtime is able and allowed to speak
     * @throws TlsSettingsException when that leaves nothing
     */
    static List<String> range(@Nullable String minimum, @Nullable String maximum,
            Collection<String> available) {
        TlsVersion lowest = minimum == null ? SSL_3_0 : named(minimum);
        TlsVersion highest = maximum == null ? TLS_1_3 : named(maximum);
        if (lowest.compareTo(highest) > 0) {
            throw new TlsSettingsException(
                    "lowest TLS version " + lowest.id + " is above the highest, "
                            + highest.id + "; exchange them or leave one out");
        }
        List<String> offered = new ArrayList<>();
        for (TlsVersion version : values()) {
            boolean inRange = version.compareTo(lowest) >= 0 && version.compareTo(highest) <= 0;
            if (inRange && available.contains(version.id)) {
                offered.addFirst(version.id);
            }
        }
        if (offered.isEmpty()) {
            throw new TlsSettingsException(
                    "this Java runtime allows no TLS version from " + lowest.id
                            + " to " + highest.id + " (jdk.tls.disabledAlgorithms); use "
                            + String.join(" or ", available));
        }
        return List.copyOf(offered);
    }

    private static TlsVersion named(String text) {
        String wanted = text.strip();
        return Arrays.stream(values())
                .filter(version -> wanted.equalsIgnoreCase(version.id)
                        || wanted.equals(version.digits)
                        || wanted.equalsIgnoreCase("TLSv" + version.digits))
                .findFirst()
                .orElseThrow(() -> new TlsSettingsException("unknown TLS version '"
                        + Excerpt.printable(text) + "'; use one of " + Arrays.stream(values())
                                .map(version -> version.id)
                                .collect(Collectors.joining(", "))));
    }
}
