package probe.diagnosis;

import probe.attempt.Attempt;
import probe.attempt.HttpFacts;

/** From an unwanted HTTP status to its {@link Kind}. */
final class HttpKinds {
    private HttpKinds() {}

    /** What the status of an attempt's answer says. */
    static Kind of(Attempt attempt) {
        HttpFacts http = attempt.http();
        if (http == null || http.status() == null) {
            return Kind.UNCLASSIFIED;
        }
        int status = http.status();
        if (http.answeredBy() == HttpFacts.AnsweredBy.PROXY) {
            return status == 407 ? Kind.PROXY_AUTH_REQUIRED : Kind.PROXY_DENIED;
        }
        if (status == 407) {
            // Only a proxy asks so (RFC 9110 §15.5.8); without one of ours, it stands at the target's address.
            return attempt.proxy() == null ? Kind.HTTP_PROXY_AUTH_REQUIRED
                    : Kind.PROXY_AUTH_REQUIRED;
        }
        return ofStatus(status);
    }

    /** RFC 9110 §15, RFC 6585; 520 to 526 are what the edge of one large network says of its origins. */
    private static Kind ofStatus(int status) {
        return switch (status) {
            case 400 -> Kind.HTTP_BAD_REQUEST;
            case 401 -> Kind.HTTP_UNAUTHORIZED;
            case 403 -> Kind.HTTP_FORBIDDEN;
            case 404, 410 -> Kind.HTTP_NOT_FOUND;
            case 408 -> Kind.HTTP_REQUEST_TIMEOUT;
            case 413, 414, 431 -> Kind.HTTP_TOO_LARGE;
            case 429 -> Kind.HTTP_RATE_LIMITED;
            case 502, 520, 521, 522, 523, 525, 526 -> Kind.HTTP_BAD_GATEWAY;
            case 503 -> Kind.HTTP_UNAVAILABLE;
            case 504, 524 -> Kind.HTTP_GATEWAY_TIMEOUT;
            default -> ofClass(status / 100);
        };
    }

    private static Kind ofClass(int statusClass) {
        return switch (statusClass) {
            case 4 -> Kind.HTTP_CLIENT_ERROR;
            case 5 -> Kind.HTTP_SERVER_ERROR;
            default -> Kind.HTTP_UNEXPECTED_STATUS;
        };
    }
}
