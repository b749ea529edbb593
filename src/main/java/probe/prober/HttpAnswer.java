package probe.prober;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import probe.attempt.Excerpt;
import probe.attempt.FailureName;
import probe.attempt.HttpFacts;
import probe.attempt.HttpFacts.AnsweredBy;
import probe.attempt.Phase;
import probe.profile.Header;
import probe.profile.Settings;
import probe.target.Target;

/**
 * The answer to one request: what it said, whether it is the one expected, and how much of its body
 * came.
 */
final class HttpAnswer {
    /** How much of a body an expected pattern is looked for in. */
    static final int MAX_MATCHED = 64 * 1024;

    /** How long to wait for the first bytes of a refusal's body, which are shown and not judged. */
    static final Duration REFUSAL_WAIT = Duration.ofMillis(250);

    private final Target target;
    private final Settings settings;
    private final AttemptRecorder recorder;
    private final ByteArrayOutputStream start = new ByteArrayOutputStream();
    private long bodyBytes;
    private long headAt;
    private @Nullable Integer status;
    private @Nullable String version;
    private List<Header> headers = List.of();
    private AnsweredBy answeredBy = AnsweredBy.NOBODY;
    private Role role = Role.LAST_WORD;

    /** What an answer is to the run. */
    private enum Role {
        /** It is judged by its status and body. */
        LAST_WORD,
        /** It names the next place to ask, and its body is nobody's concern. */
        REDIRECT
    }

    HttpAnswer(Target target, Settings settings, AttemptRecorder recorder) {
        this.target = target;
        this.settings = settings;
        this.recorder = recorder;
    }

    /** The head is coming. */
    void beginHead() {
        if (recorder.open() != Phase.RESPONSE_HEAD) {
            recorder.begin(Phase.RESPONSE_HEAD);
        }
    }

    /** The final head has come. */
    synchronized void head(HttpResponse response) {
        headAt = System.nanoTime();
        status = response.getCode();
        version = response.getVersion().toString();
        headers = HttpHeadFacts.selected(response.getHeaders());
        // RFC 9110 §15.5.8: only a proxy answers 407.
        answeredBy = settings.proxy() != null
                && response.getCode()
                        == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED
                                ? AnsweredBy.PROXY
                                : AnsweredBy.TARGET;
        if (Redirects.applies(settings.http(), response.getCode(),
                response.containsHeader(HttpHeaders.LOCATION))) {
            role = Role.REDIRECT;
            recorder.end();
        } else if (settings.http().accepts(response.getCode())) {
            recorder.end();
        } else {
            recorder.fail(FailureName.STATUS, null, null);
        }
    }

    /** Whether the answer sends on, and is read no further. */
    synchronized boolean isRedirect() {
        return role == Role.REDIRECT;
    }

    /** The proxy would not connect onwards: its answer is not the target's. */
    synchronized void refusedByProxy(ProxyReply.Refused refusal) {
        if (refusal.version() != null) {
            status = refusal.status();
            version = refusal.version();
            headers = refusal.headers();
            answeredBy = AnsweredBy.PROXY;
        }
    }

    /** Reads the body, as far as it matters; what goes wrong has been recorded when it throws. */
    void readBody(ClassicHttpResponse response, HttpWire wire) throws IOException {
        HttpEntity entity = response.getEntity();
        if (recorder.hasFailed()) {
            readRefusal(entity, wire);
            recorder.received(excerpt(wire));
            return;
        }
        if (role == Role.REDIRECT) {
            readRefusal(entity, wire);
            return;
        }
        if (entity != null) {
            recorder.begin(Phase.RESPONSE_BODY);
            InputStream in = entity.getContent();
            while (bodyBytes < HttpFacts.MAX_BODY && readSome(in, MAX_MATCHED)) {
                // Counted and kept by readSome.
            }
        }
        match(entity == null ? null : entity.getContentType());
    }

    /** Whether the status alone is a failure; the first bytes of the body may explain it. */
    synchronized boolean isRefusal() {
        return status != null && role == Role.LAST_WORD && !settings.http().accepts(status);
    }

    /** The body of an accepted answer begins. */
    void beginBody() {
        recorder.begin(Phase.RESPONSE_BODY);
    }

    /** Takes a part of the body; whether more of it is wanted. */
    synchronized boolean take(byte[] bytes, int count) {
        start.write(bytes, 0, Math.min(count, Math.max(0, MAX_MATCHED - start.size())));
        bodyBytes += count;
        return isRefusal()
                ? bodyBytes < Excerpt.LIMIT
                        && System.nanoTime() - headAt < REFUSAL_WAIT.toNanos()
                : bodyBytes < HttpFacts.MAX_BODY;
    }

    /** The answer is there, as far as it matters: an accepted one is held to what it must contain. */
    void complete(@Nullable String contentType) {
        if (!isRedirect() && !recorder.hasFailed()) {
            match(contentType);
        }
    }

    /** Whether the final head has come. */
    synchronized boolean hasHead() {
        return status != null;
    }

    private boolean readSome(InputStream in, int keep) throws IOException {
        byte[] block = new byte[8192];
        int count = in.read(block);
        if (count < 0) {
            return false;
        }
        synchronized (this) {
            start.write(block, 0, Math.min(count, Math.max(0, keep - start.size())));
            bodyBytes += count;
        }
        return true;
    }

    /** Some bytes of a body that matters to nobody, if they come soon. */
    private void readRefusal(@Nullable HttpEntity entity, HttpWire wire) throws IOException {
        if (entity == null) {
            return;
        }
        long since = System.nanoTime();
        wire.setSoTimeout((int) REFUSAL_WAIT.toMillis());
        try {
            InputStream in = entity.getContent();
            while (bodyBytes < Excerpt.LIMIT
                    && System.nanoTime() - since < REFUSAL_WAIT.toNanos()
                    && readSome(in, Excerpt.LIMIT)) {
                // Counted and kept by readSome.
            }
        } catch (IOException notSoon) {
            // The status is the fact; its page would only have explained it.
        }
    }

    private void match(@Nullable String contentType) {
        String expected = settings.http().expectBody();
        if (expected == null) {
            return;
        }
        if (recorder.open() != Phase.RESPONSE_BODY) {
            recorder.begin(Phase.RESPONSE_BODY);
        }
        String text = start.toString(charset(contentType));
        if (!BoundedText.find(Pattern.compile(expected, Pattern.DOTALL), text)) {
            recorder.received(Excerpt.of(start.toByteArray(), start.size(), bodyBytes));
            recorder.fail(FailureName.MISMATCH, null, null);
        }
    }

    private static Charset charset(@Nullable String contentType) {
        ContentType type = ContentType.parseLenient(contentType);
        Charset named = type == null ? null : type.getCharset();
        return named == null ? StandardCharsets.UTF_8 : named;
    }

    /** The first bytes of what came last: of the body once the head is whole; null when nothing came. */
    synchronized @Nullable Excerpt excerpt(@Nullable HttpWire wire) {
        Excerpt last = status != null || wire == null
                ? Excerpt.of(start.toByteArray(), start.size(), bodyBytes)
                : wire.excerpt();
        return last.isEmpty() ? null : last;
    }

    /** What is known of the exchange, whether or not it came to an end. */
    synchronized HttpFacts facts() {
        return new HttpFacts(
                settings.http().method(),
                target.url(),
                status,
                version,
                headers,
                bodyBytes,
                answeredBy);
    }
}
