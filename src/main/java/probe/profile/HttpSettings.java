package probe.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked over HTTP and what counts as a good answer.
 *
 * @param method a token, {@code GET} unless there is a body
 * @param headers sent as they are, after those that the protocol needs
 * @param body what the request carries
 * @param expectStatus the answer is good when its status lies in one of these; default 200 to 399
 * @param expectBody a regular expression that the first bytes of the answer's body must contain, or null
 * @param maxRedirects how many redirects are followed at most, or null when none is looked at
 * @param version what is spoken
 */
public record HttpSettings(String method, List<Header> headers, Body body,
        List<StatusRange> expectStatus,
        @Nullable String expectBody, @Nullable Integer maxRedirects,
        Version version) {

    /** A version of HTTP. */
    public enum Version {
        /** HTTP/1.1 (RFC 9112). */
        HTTP_1_1,
        /** HTTP/2 (RFC 9113). */
        HTTP_2
    }

    /** How many redirects are followed when nobody says: no honest chain has more; RFC 2068 once advised five. */
    public static final int USUAL_REDIRECTS = 10;

    /** A request whose redirects are not looked at. */
    public HttpSettings(String method, List<Header> headers, Body body,
            List<StatusRange> expectStatus, @Nullable String expectBody) {
        this(method, headers, body, expectStatus, expectBody, null, Version.HTTP_1_1);
    }

    /** GET, no body, 200 to 399. */
    public static HttpSettings defaults() {
        return new HttpSettings("GET", List.of(), new Body.None(),
                List.of(new StatusRange(200, 399)), null);
    }

    /** The same request with another method, other headers and another body. */
    public HttpSettings asking(String otherMethod, List<Header> otherHeaders, Body otherBody) {
        return new HttpSettings(otherMethod, otherHeaders, otherBody, expectStatus, expectBody,
                maxRedirects, version);
    }

    /** The same request, following at most this many redirects. */
    public HttpSettings following(int redirects) {
        return new HttpSettings(method, headers, body, expectStatus, expectBody, redirects,
                version);
    }

    /** Whether the answer's status is one of those expected. */
    public boolean accepts(int status) {
        return expectStatus.stream().anyMatch(range -> range.contains(status));
    }

    /** Whether the method is safe in the sense of RFC 9110 §9.2.1: it asks for no change. */
    public boolean isSafe() {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS", "TRACE" -> true;
            default -> false;
        };
    }

    /** Whether the method is idempotent by RFC 9110 §9.2.2. */
    public boolean isIdempotent() {
        return isSafe() || method.equals("PUT") || method.equals("DELETE");
    }
}
