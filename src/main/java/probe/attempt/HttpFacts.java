package probe.attempt;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import probe.profile.Header;

/**
 * What was asked and answered over HTTP.
 *
 * @param method the method sent
 * @param url the URL asked for, without user name and password
 * @param status the final status, or null when no whole head was received
 * @param version protocol of the answer, such as {@code HTTP/1.1}; null as {@code status}
 * @param headers of the answer, those that judgement needs; never a cookie or a credential
 * @param bodyBytes bytes of the answer's body that were read, before decoding; see {@link #MAX_BODY}
 * @param answeredBy who answered: the target, or the proxy before a tunnel stood
 * @param hop how many redirects had led to this request; 0 for what the user asked for
 * @param redirect where the answer sent the request on to, or null where it did not, or nobody was to follow
 * @param http2 what HTTP/2's frames said, or null where HTTP/1.1 was spoken
 */
public record HttpFacts(String method, String url, @Nullable Integer status,
        @Nullable String version,
        List<Header> headers, long bodyBytes, AnsweredBy answeredBy, int hop,
        @Nullable Redirect redirect, @Nullable Http2Facts http2) {

    /**
     * As soon as this many bytes of a body have been read, reading stops, and nothing is known of what follows: enough
     * to see a cut or a stall in any page, and an end to a body that has none. A compressed body is counted as it
     * comes and never unpacked.
     */
    public static final int MAX_BODY = 1024 * 1024;

    /** Facts of a request that no redirect led to, and whose answer leads nowhere else. */
    public HttpFacts(String method, String url, @Nullable Integer status, @Nullable String version,
            List<Header> headers, long bodyBytes, AnsweredBy answeredBy) {
        this(method, url, status, version, headers, bodyBytes, answeredBy, 0, null, null);
    }

    /** Whether reading stopped before the end of the body was seen. */
    public boolean isReadInPart() {
        return bodyBytes >= MAX_BODY;
    }

    /** These facts, of a request that this many redirects led to. */
    public HttpFacts atHop(int number) {
        return new HttpFacts(method, url, status, version, headers, bodyBytes, answeredBy, number,
                redirect, http2);
    }

    /** These facts, with what became of the redirect in the answer. */
    public HttpFacts redirected(Redirect to) {
        return new HttpFacts(method, url, status, version, headers, bodyBytes, answeredBy, hop, to,
                http2);
    }

    /** These facts, of a request over HTTP/2. */
    public HttpFacts over(Http2Facts frames) {
        return new HttpFacts(method, url, status, version, headers, bodyBytes, answeredBy, hop,
                redirect, frames);
    }

    /** Whether another attempt asks where this answer led to. */
    public boolean isFollowed() {
        return redirect != null && redirect.outcome() == Redirect.Outcome.FOLLOWED;
    }

    /** Who gave the answer. */
    public enum AnsweredBy {
        /** Nobody. */
        NOBODY("nobody"),
        /** What stands at the target's address: the service, or a gateway before it. */
        TARGET("target"),
        /** The proxy, asked to CONNECT. */
        PROXY("proxy");

        private final String id;

        AnsweredBy(String id) {
            this.id = id;
        }

        /** The stable word for it. */
        public String id() {
            return id;
        }

        /** The value with this {@link #id()}. */
        public static Optional<AnsweredBy> byId(String id) {
            for (AnsweredBy value : values()) {
                if (value.id.equals(id)) {
                    return Optional.of(value);
                }
            }
            return Optional.empty();
        }
    }

    /** The first header of this name, compared without case. */
    public Optional<String> header(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return headers.stream()
                .filter(h -> h.name().toLowerCase(Locale.ROOT).equals(wanted))
                .map(Header::value)
                .findFirst();
    }
}
