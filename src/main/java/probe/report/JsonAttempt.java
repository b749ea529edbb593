package probe.report;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import probe.attempt.Attempt;
import probe.attempt.Bytes;
import probe.attempt.CertificateFacts;
import probe.attempt.CertificateFault;
import probe.attempt.Conversation;
import probe.attempt.Excerpt;
import probe.attempt.ExchangeFacts;
import probe.attempt.Failure;
import probe.attempt.Http2Facts;
import probe.attempt.HttpFacts;
import probe.attempt.PhaseTiming;
import probe.attempt.ProxyFacts;
import probe.attempt.TlsFacts;
import probe.profile.Setting;
import probe.profile.TimeoutName;

/** The written form of attempts; what was not seen is not there. */
final class JsonAttempt {
    /** Field names whose values are credentials; the prober keeps none of them, and none is ever written. */
    private static final Set<String> SECRET_HEADERS = Set.of("authorization", "cookie",
            "proxy-authorization", "set-cookie", "set-cookie2");

    private JsonAttempt() {}

    static void writeAll(JsonOut json, List<Attempt> attempts) throws IOException {
        json.array("attempts", attempts, attempt -> json.object(() -> write(json, attempt)));
    }

    private static void write(JsonOut json, Attempt attempt) throws IOException {
        json.text("via", attempt.via().id());
        json.optionalText("address", attempt.address());
        json.number("port", attempt.port());
        json.optionalNumber("localPort", attempt.localPort());
        json.line("timeouts", () -> timeouts(json, attempt.timeouts()));
        json.array("phases", attempt.phases(), timing -> json.line(() -> phase(json, timing)));
        json.line("bytes", () -> bytes(json, attempt.bytes()));
        json.line("conversation", () -> conversation(json, attempt.conversation()));
        json.optional(attempt.failure(),
                failure -> json.object("failure", () -> failure(json, attempt, failure)));
        excerpt(json, "received", attempt.received());
        json.optional(attempt.tls(), tls -> json.object("tls", () -> tls(json, tls)));
        json.optional(attempt.http(), http -> json.object("http", () -> http(json, http)));
        json.optional(attempt.exchange(),
                exchange -> json.line("exchange", () -> exchange(json, exchange)));
        json.optional(attempt.proxy(), proxy -> json.line("proxy", () -> proxy(json, proxy)));
    }

    private static void timeouts(JsonOut json, Map<TimeoutName, Setting<Duration>> timeouts)
            throws IOException {
        for (TimeoutName name : TimeoutName.values()) {
            Setting<Duration> limit = timeouts.get(name);
            if (limit != null) {
                json.object(name.id(), () -> {
                    json.millis("ms", limit.value());
                    json.text("from", limit.origin().id());
                });
            }
        }
    }

    private static void phase(JsonOut json, PhaseTiming timing) throws IOException {
        json.text("phase", timing.phase().id());
        json.millis("startMs", timing.start());
        json.millis("durationMs", timing.duration());
        json.text("outcome", timing.outcome().id());
    }

    private static void bytes(JsonOut json, Bytes bytes) throws IOException {
        json.number("sent", bytes.sent());
        json.optionalNumber("acknowledged", bytes.acknowledged());
        json.number("received", bytes.received());
    }

    private static void conversation(JsonOut json, Conversation conversation) throws IOException {
        json.text("request", conversation.request().id());
        json.text("peer", conversation.peer().id());
        json.optionalMillis("idleMs", conversation.idle());
        json.optionalMillis("longestWaitMs", conversation.longestWait());
        json.optionalMillis("heldMs", conversation.held());
        json.number("use", conversation.use());
    }

    private static void failure(JsonOut json, Attempt attempt, Failure failure) throws IOException {
        json.text("name", failure.name().id());
        json.text("phase", failure.phase().id());
        json.millis("elapsedMs", failure.elapsed());
        json.optionalText("limit", failure.limit() == null ? null : failure.limit().id());
        json.optionalText("exception", failure.exception());
        json.optionalText("message", failure.message());
        AlsoKnownAs names = AlsoKnownAs.of(failure, attempt);
        json.line("alsoKnownAs", () -> {
            json.optionalText("errno", names.errno());
            json.optionalNumber("curl", names.curl());
            json.optionalText("nel", names.nel());
            json.optionalText("ooni", names.ooni());
            json.optionalText("grpc", names.grpc());
            json.optionalNumber("k6", names.k6());
        });
    }

    private static void excerpt(JsonOut json, String name, @Nullable Excerpt excerpt)
            throws IOException {
        json.optional(excerpt, present -> json.line(name, () -> {
            json.text("text", present.text());
            json.number("bytes", present.total());
        }));
    }

    private static void tls(JsonOut json, TlsFacts tls) throws IOException {
        json.optionalText("serverName", tls.serverName());
        json.optionalText("protocol", tls.protocol());
        json.optionalText("cipher", tls.cipher());
        json.optionalText("alpn", tls.alpn());
        json.array("chain", tls.chain(),
                certificate -> json.object(() -> certificate(json, certificate)));
        json.words("faults", tls.faults().stream().map(CertificateFault::id).toList());
        json.optionalNumber("alert", tls.alert());
        json.text("clientCertificate", tls.clientCertificate().id());
        json.words("clientIssuers", tls.clientIssuers());
        json.words("offered", tls.offered());
    }

    private static void certificate(JsonOut json, CertificateFacts certificate) throws IOException {
        json.text("subject", certificate.subject());
        json.text("issuer", certificate.issuer());
        json.instant("notBefore", certificate.notBefore());
        json.instant("notAfter", certificate.notAfter());
        json.words("names", certificate.names());
    }

    private static void http(JsonOut json, HttpFacts http) throws IOException {
        json.text("method", http.method());
        json.text("url", http.url());
        json.optionalNumber("status", http.status());
        json.optionalText("version", http.version());
        json.array("headers", http.headers()
                .stream()
                .filter(header -> !SECRET_HEADERS.contains(header.name().toLowerCase(Locale.ROOT)))
                .toList(),
                header -> json.line(() -> {
                    json.text("name", header.name());
                    json.text("value", header.value());
                }));
        json.number("bodyBytes", http.bodyBytes());
        json.text("answeredBy", http.answeredBy().id());
        json.optionalNumber("hop", http.hop() == 0 ? null : http.hop());
        json.optional(http.redirect(), redirect -> json.line("redirect", () -> {
            json.text("outcome", redirect.outcome().id());
            json.text("location", redirect.location());
        }));
        json.optional(http.http2(), http2 -> json.line("http2", () -> http2(json, http2)));
    }

    private static void http2(JsonOut json, Http2Facts http2) throws IOException {
        json.optionalNumber("stream", http2.stream());
        json.optionalText("ending", http2.ending() == null ? null : http2.ending().id());
        json.optionalNumber("code", http2.code());
        json.optionalText("error", http2.code() == null ? null : http2.spokenCode());
        json.optionalNumber("lastStream", http2.lastStream());
    }

    private static void exchange(JsonOut json, ExchangeFacts exchange) throws IOException {
        json.number("steps", exchange.steps());
        json.number("done", exchange.done());
        json.optionalText("expected", exchange.expected());
    }

    private static void proxy(JsonOut json, ProxyFacts proxy) throws IOException {
        json.text("proxy", proxy.proxy());
        json.text("from", proxy.from());
        json.optionalNumber("status", proxy.status());
        excerpt(json, "answer", proxy.answer());
    }
}
