package probe.prober;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import probe.attempt.Excerpt;
import probe.profile.Header;

/** Which fields of an answer's head are kept: those that judgement needs, and never a credential. */
final class HttpHeadFacts {
    private static final Set<String> KEPT = Set.of(
            "server",
            "via",
            "proxy-status",
            "retry-after",
            "date",
            "content-type",
            "content-encoding",
            "content-length",
            "transfer-encoding",
            "connection",
            "alt-svc",
            "cf-ray",
            "cache-status",
            "x-cache",
            "x-amz-cf-id",
            "x-served-by",
            "x-envoy-upstream-service-time");

    /** Challenges carry nonces and opaque data; the scheme alone says what is asked for. */
    private static final Set<String> SCHEME_ONLY = Set.of("www-authenticate", "proxy-authenticate");

    private static final String LOCATION = "location";

    /** A longer Location cannot be followed; RFC 9110 §4.1 asks for 8000 octets at least. */
    private static final int MAX_LOCATION = 8192;

    private HttpHeadFacts() {}

    /** The fields that are kept, in the order in which they came, made harmless. */
    static List<Header> selected(org.apache.hc.core5.http.Header... all) {
        List<Header> selected = new ArrayList<>();
        for (org.apache.hc.core5.http.Header header : all) {
            String name = header.getName().toLowerCase(Locale.ROOT);
            String value = header.getValue() == null ? "" : header.getValue();
            if (KEPT.contains(name)) {
                selected.add(new Header(header.getName(), Excerpt.printable(value)));
            } else if (SCHEME_ONLY.contains(name)) {
                selected.add(new Header(header.getName(), Excerpt.printable(firstWord(value))));
            } else if (name.equals(LOCATION)) {
                selected.add(new Header(header.getName(), location(value)));
            }
        }
        return List.copyOf(selected);
    }

    private static String firstWord(String value) {
        int end = 0;
        while (end < value.length() && " \t,".indexOf(value.charAt(end)) < 0) {
            end++;
        }
        return value.substring(0, end);
    }

    /**
     * The reference, without user name and password; whole as long as every character is harmless. Space and bytes
     * beyond ASCII, which have no place in a reference and are common all the same, are percent-encoded as curl does.
     */
    private static String location(String value) {
        String bare = encoded(value.strip())
                .replaceFirst("^([A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*@", "$1//");
        boolean harmless = bare.length() <= MAX_LOCATION
                && bare.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        return harmless ? bare : Excerpt.printable(bare);
    }

    private static String encoded(String value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == ' ' || c >= 0x80 && c <= 0xff) {
                text.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
