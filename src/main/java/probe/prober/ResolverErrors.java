package probe.prober;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import probe.attempt.FailureName;

/**
 * The error codes of getaddrinfo (glibc netdb.h), recovered from what Java throws: its message is
 * {@code name: text of gai_strerror}, so the code is found by looking that text up.
 */
final class ResolverErrors {
    private static final String[] NOT_FOUND = {"Name or service not known",
        "nodename nor servname provided",
        "Name does not resolve"};
    private static final String[] NO_ADDRESS = {"No address associated with hostname"};

    private ResolverErrors() {}

    /** The fact behind a failed lookup: what cannot be told apart is {@link FailureName#NAME_LOOKUP_FAILED}. */
    static FailureName name(Throwable thrown, String host) {
        String text = reason(thrown.getMessage(), host);
        if (matches(text, NOT_FOUND, -2)) { // EAI_NONAME
            return FailureName.NAME_NOT_FOUND;
        }
        return matches(text, NO_ADDRESS, -5) ? FailureName.NAME_NO_ADDRESS // EAI_NODATA
                : FailureName.NAME_LOOKUP_FAILED;
    }

    private static String reason(@Nullable String message, String host) {
        String text = message == null ? "" : message;
        return text.toLowerCase(Locale.ROOT).startsWith(host.toLowerCase(Locale.ROOT) + ": ")
                ? text.substring(host.length() + 2)
                : text;
    }

    private static boolean matches(String text, String[] known, int code) {
        for (String one : known) {
            if (text.startsWith(one)) {
                return true;
            }
        }
        return !text.isEmpty() && text.equals(LocalErrorText.ofResolver(code));
    }
}
