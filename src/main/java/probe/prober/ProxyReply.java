package probe.prober;

import java.util.List;
import org.jspecify.annotations.Nullable;
import probe.attempt.Excerpt;
import probe.profile.Header;

/** What a proxy said when it was asked to connect onwards. */
sealed interface ProxyReply {

    /** From here on the connection is the target's. */
    record Open() implements ProxyReply {}

    /**
     * It will not, or could not.
     *
     * @param status HTTP status, SOCKS reply code (RFC 1928 §6), or {@link SocksDialogue#NOT_ADMITTED}
     * @param version protocol of an HTTP answer, else null
     * @param headers of an HTTP answer, those that are kept
     * @param words the first line of an HTTP answer, and of its body if that came with it; or the whole of a SOCKS reply
     */
    record Refused(int status, @Nullable String version, List<Header> headers, Excerpt words)
            implements ProxyReply {}

    /** It does not speak the protocol that it was spoken to in. */
    record Malformed() implements ProxyReply {}
}
