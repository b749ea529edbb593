package probe.diagnosis;

import java.util.Map;
import probe.evidence.NameServerAnswer;

/** Extended DNS errors in words. */
final class ExtendedErrors {
    /** The registry that RFC 8914 §5.2 began, as far as it explains a failure. */
    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(1, "unsupported DNSKEY algorithm"),
            Map.entry(2, "unsupported DS digest type"), Map.entry(3, "stale answer"),
            Map.entry(4, "forged answer"),
            Map.entry(5, "DNSSEC indeterminate"), Map.entry(6, "DNSSEC bogus"),
            Map.entry(7, "signature expired"),
            Map.entry(8, "signature not yet valid"), Map.entry(9, "DNSKEY missing"),
            Map.entry(10, "RRSIGs missing"), Map.entry(11, "no zone key bit set"),
            Map.entry(12, "NSEC missing"),
            Map.entry(13, "cached error"), Map.entry(14, "not ready"), Map.entry(15, "blocked"),
            Map.entry(16, "censored"), Map.entry(17, "filtered"), Map.entry(18, "prohibited"),
            Map.entry(19, "stale NXDOMAIN answer"), Map.entry(20, "not authoritative"),
            Map.entry(21, "not supported"), Map.entry(22, "no reachable authority"),
            Map.entry(23, "network error"), Map.entry(24, "invalid data"));

    private ExtendedErrors() {}

    /** {@code extended error 22, no reachable authority: "the text"}. */
    static String spoken(NameServerAnswer answer) {
        String name = answer.extendedError() == null ? null : NAMES.get(answer.extendedError());
        return "extended error " + answer.extendedError() + (name == null ? "" : ", " + name)
                + (answer.extendedErrorText() == null ? ""
                        : ": \"" + answer.extendedErrorText() + "\"");
    }
}
