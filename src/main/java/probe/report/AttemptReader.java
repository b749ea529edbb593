package probe.report;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import probe.attempt.Attempt;
import probe.attempt.Bytes;
import probe.attempt.CertificateFacts;
import probe.attempt.CertificateFault;
import probe.attempt.Conversation;
import probe.attempt.Excerpt;
import probe.attempt.ExchangeFacts;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.Http2Facts;
import probe.attempt.HttpFacts;
import probe.attempt.PeerState;
import probe.attempt.Phase;
import probe.attempt.PhaseOutcome;
import probe.attempt.PhaseTiming;
import probe.attempt.ProxyFacts;
import probe.attempt.Redirect;
import probe.attempt.RequestProgress;
import probe.attempt.TlsFacts;
import probe.attempt.Via;
import probe.profile.Header;
import probe.profile.Origin;
import probe.profile.Setting;
import probe.profile.TimeoutName;

/** Reads what {@link JsonAttempt} wrote. */
final class AttemptReader {

    private AttemptReader() {}

    static Attempt attempt(JsonIn in) {
        return new Attempt(in.word("via", Via.values(), Via::id), in.optionalText("address"),
                in.smallNumber("port"), in.optionalSmallNumber("localPort"),
                timeouts(in.object("timeouts")),
                in.list("phases", AttemptReader::phase), bytes(in.object("bytes")),
                conversation(in.object("conversation")),
                in.optional("failure", AttemptReader::failure),
                in.optional("received", AttemptReader::excerpt),
                in.optional("tls", AttemptReader::tls),
                in.optional("http", AttemptReader::http),
                in.optional("exchange", AttemptReader::exchange),
                in.optional("proxy", AttemptReader::proxy));
    }

    private static Map<TimeoutName, Setting<Duration>> timeouts(JsonIn in) {
        Map<TimeoutName, Setting<Duration>> timeouts = new EnumMap<>(TimeoutName.class);
        for (String id : in.names()) {
            TimeoutName name = Arrays.stream(TimeoutName.values())
                    .filter(each -> each.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> in.wrong(id, "is no timeout"));
            JsonIn limit = in.object(id);
            timeouts.put(name, new Setting<>(limit.millis("ms"), Origin.byId(limit.text("from"))));
        }
        return Collections.unmodifiableMap(timeouts);
    }

    private static PhaseTiming phase(JsonIn in) {
        return new PhaseTiming(in.word("phase", Phase.values(), Phase::id), in.millis("startMs"),
                in.millis("durationMs"),
                in.word("outcome", PhaseOutcome.values(), PhaseOutcome::id));
    }

    private static Bytes bytes(JsonIn in) {
        return new Bytes(in.number("sent"), in.optionalNumber("acknowledged"),
                in.number("received"));
    }

    private static Conversation conversation(JsonIn in) {
        return new Conversation(in.word("request", RequestProgress.values(), RequestProgress::id),
                in.word("peer", PeerState.values(), PeerState::id), in.optionalMillis("idleMs"),
                in.optionalMillis("longestWaitMs"), in.optionalMillis("heldMs"),
                in.smallNumber("use"));
    }

    private static Failure failure(JsonIn in) {
        return new Failure(in.word("name", FailureName.values(), FailureName::id),
                in.word("phase", Phase.values(), Phase::id), in.millis("elapsedMs"),
                in.optionalWord("limit", TimeoutName.values(), TimeoutName::id),
                in.optionalText("exception"),
                in.optionalText("message"));
    }

    private static Excerpt excerpt(JsonIn in) {
        return new Excerpt(in.text("text"), in.number("bytes"));
    }

    private static TlsFacts tls(JsonIn in) {
        return new TlsFacts(in.optionalText("serverName"), in.optionalText("protocol"),
                in.optionalText("cipher"), in.optionalText("alpn"),
                in.list("chain", AttemptReader::certificate),
                in.allWords("faults", CertificateFault.values(), CertificateFault::id),
                in.optionalSmallNumber("alert"), in.word("clientCertificate",
                        TlsFacts.ClientCertificate.values(),
                        TlsFacts.ClientCertificate::id),
                in.words("clientIssuers"), in.words("offered"));
    }

    private static CertificateFacts certificate(JsonIn in) {
        return new CertificateFacts(in.text("subject"), in.text("issuer"), in.instant("notBefore"),
                in.instant("notAfter"), in.words("names"));
    }

    private static HttpFacts http(JsonIn in) {
        return new HttpFacts(in.text("method"), in.text("url"), in.optionalSmallNumber("status"),
                in.optionalText("version"),
                in.list("headers", header -> new Header(header.text("name"), header.text("value"))),
                in.number("bodyBytes"),
                in.word("answeredBy", HttpFacts.AnsweredBy.values(), HttpFacts.AnsweredBy::id),
                Objects.requireNonNullElse(in.optionalSmallNumber("hop"), 0),
                in.optional("redirect", AttemptReader::redirect),
                in.optional("http2", AttemptReader::http2));
    }

    private static Http2Facts http2(JsonIn in) {
        return new Http2Facts(in.optionalSmallNumber("stream"),
                in.optionalWord("ending", Http2Facts.Ending.values(), Http2Facts.Ending::id),
                in.optionalNumber("code"), in.optionalSmallNumber("lastStream"));
    }

    private static Redirect redirect(JsonIn in) {
        return new Redirect(in.word("outcome", Redirect.Outcome.values(), Redirect.Outcome::id),
                in.text("location"));
    }

    private static ExchangeFacts exchange(JsonIn in) {
        return new ExchangeFacts(in.smallNumber("steps"), in.smallNumber("done"),
                in.optionalText("expected"));
    }

    private static ProxyFacts proxy(JsonIn in) {
        return new ProxyFacts(in.text("proxy"), in.text("from"), in.optionalSmallNumber("status"),
                in.optional("answer", AttemptReader::excerpt));
    }
}
