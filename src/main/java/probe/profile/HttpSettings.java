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
 */
public record HttpSettings(String method, List<Header> headers, Body body,
        List<StatusRange> expectStatus,
        @Nullable String expectBody) {

    /** GET, no body, 200 to 399. */
    public static HttpSettings defaults() {
        return new HttpSettings("GET", List.of(), new Body.None(),
                List.of(new StatusRange(200, 399)), null);
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
