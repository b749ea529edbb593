package probe.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import probe.attempt.FailureName;
import probe.attempt.Http2Facts;
import probe.attempt.PeerState;
import probe.attempt.Phase;
import probe.attempt.RequestProgress;
import probe.attempt.TlsFacts.ClientCertificate;
import probe.profile.TimeoutName;

class ProcessedRuleTest {
    private static final RequestProcessed NO = RequestProcessed.NO;
    private static final RequestProcessed POSSIBLY = RequestProcessed.POSSIBLY;
    private static final RequestProcessed YES = RequestProcessed.YES;

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("cases")
    void could_the_server_have_acted(String situation, Given given, RequestProcessed expected) {
        assertEquals(expected, Diagnoser.diagnose(given.facts()).orElseThrow().requestProcessed(),
                situation);
    }

    private static Arguments row(String situation, Given given, RequestProcessed expected) {
        return Arguments.of(situation, given, expected);
    }

    private static Given scripted(RequestProgress progress, int done) {
        return Given.connected().request(progress).exchange(4, done, null);
    }

    private static Given ended(FailureName name, Phase phase) {
        return Given.requested().fails(name, phase, 20, null);
    }

    static Stream<Arguments> cases() {
        return Stream.of(beforeTheRequest(), scripts(), requests(), answers())
                .flatMap(rows -> rows);
    }

    private static Stream<Arguments> beforeTheRequest() {
        return Stream.of(
                row("no name", Given.target("http://web.example/")
                        .at(null)
                        .fails(FailureName.NAME_NOT_FOUND, Phase.RESOLVE, 5, null), NO),
                row("no lease", Given.target("http://web.example/")
                        .at(null)
                        .fails(FailureName.TIMED_OUT, Phase.LEASE, 3000,
                                TimeoutName.CONNECTION_REQUEST),
                        NO),
                row("no connection", Given.target("http://web.example/")
                        .fails(FailureName.REFUSED, Phase.CONNECT, 20, null), NO),
                row("no tunnel", Given.handshaking()
                        .proxy("http://p.example:1", 502)
                        .fails(FailureName.PROXY_REFUSED, Phase.PROXY, 20, null), NO),
                row("no handshake", Given.handshaking()
                        .request(RequestProgress.COMPLETE)
                        .fails(FailureName.RESET, Phase.TLS, 20, null), NO));
    }

    private static Stream<Arguments> scripts() {
        return Stream.of(
                row("a greeting was waited for",
                        scripted(RequestProgress.NO_REQUEST, 0).exchange(1, 0, "220")
                                .fails(FailureName.CLOSED, Phase.EXCHANGE, 20, null),
                        NO),
                row("the first send did not begin", scripted(RequestProgress.NOT_STARTED, 0)
                        .fails(FailureName.RESET, Phase.EXCHANGE, 20, null), NO),
                row("a greeting came, the first send did not begin",
                        scripted(RequestProgress.NOT_STARTED, 1)
                                .bytes(0, null, 30)
                                .fails(FailureName.BROKEN_PIPE, Phase.EXCHANGE, 20, null),
                        NO),
                row("the second send did not begin",
                        scripted(RequestProgress.NOT_STARTED, 2).bytes(10, null, 30)
                                .fails(FailureName.RESET, Phase.EXCHANGE, 20, null),
                        POSSIBLY),
                row("a send was cut", scripted(RequestProgress.PARTIAL, 0).bytes(10, null, 0)
                        .fails(FailureName.BROKEN_PIPE, Phase.EXCHANGE, 20, null), POSSIBLY),
                row("no reply", scripted(RequestProgress.COMPLETE, 1).bytes(10, null, 0)
                        .fails(FailureName.TIMED_OUT, Phase.EXCHANGE, 10_000, TimeoutName.SOCKET),
                        POSSIBLY),
                row("another reply", scripted(RequestProgress.COMPLETE, 1).bytes(10, null, 5)
                        .fails(FailureName.MISMATCH, Phase.EXCHANGE, 20, null), YES));
    }

    private static Stream<Arguments> requests() {
        return Stream.of(
                row("the first write found a reset", ended(FailureName.RESET, Phase.REQUEST)
                        .request(RequestProgress.NOT_STARTED)
                        .peer(PeerState.RESET_BEFORE_REQUEST), NO),
                row("the peer had closed before the request, which the kernel took all the same",
                        ended(
                                FailureName.BROKEN_PIPE, Phase.REQUEST)
                                .request(RequestProgress.PARTIAL)
                                .peer(PeerState.CLOSED_BEFORE_REQUEST),
                        NO),
                row("a part was written", ended(FailureName.BROKEN_PIPE, Phase.REQUEST)
                        .request(RequestProgress.PARTIAL)
                        .peer(PeerState.CLOSED), POSSIBLY),
                row("reset, and nothing was acknowledged",
                        ended(FailureName.RESET, Phase.RESPONSE_HEAD)
                                .bytes(100, 0, 0)
                                .peer(PeerState.RESET),
                        POSSIBLY),
                row("all was acknowledged, no answer", Given.requested()
                        .bytes(100, 100, 0)
                        .fails(FailureName.TIMED_OUT, Phase.RESPONSE_HEAD, 10_000,
                                TimeoutName.SOCKET),
                        POSSIBLY),
                row("closed without an answer", ended(FailureName.CLOSED, Phase.RESPONSE_HEAD)
                        .peer(PeerState.CLOSED), POSSIBLY),
                row("RST_STREAM, whose code is not known",
                        ended(FailureName.STREAM_RESET, Phase.RESPONSE_HEAD),
                        POSSIBLY),
                row("REFUSED_STREAM", http2(Http2Facts.Ending.RST_STREAM, 7, null), NO),
                row("CANCEL", http2(Http2Facts.Ending.RST_STREAM, 8, null), POSSIBLY),
                row("HTTP_1_1_REQUIRED", http2(Http2Facts.Ending.RST_STREAM, 13, null), POSSIBLY),
                row("GOAWAY below the stream", http2(Http2Facts.Ending.GOAWAY, 0, 0), NO),
                row("GOAWAY at the stream", http2(Http2Facts.Ending.GOAWAY, 0, 1), POSSIBLY),
                row("the client's certificate was refused by an alert", Given.requested()
                        .tls(116, ClientCertificate.MISSING)
                        .fails(FailureName.TLS_ALERT, Phase.RESPONSE_HEAD, 20, null), NO),
                row("the client's certificate was perhaps refused", Given.requested()
                        .tls(null, ClientCertificate.MISSING)
                        .fails(FailureName.RESET, Phase.RESPONSE_HEAD, 20, null), POSSIBLY));
    }

    private static Given http2(Http2Facts.Ending ending, long code, @Nullable Integer last) {
        return Given.requested()
                .http2(new Http2Facts(1, ending, code, last))
                .fails(FailureName.STREAM_RESET, Phase.RESPONSE_HEAD, 20, null);
    }

    private static Stream<Arguments> answers() {
        return Stream.concat(
                Stream.of(
                        row("the proxy answered",
                                Given.answered(403)
                                        .proxy("http://p.example:1", null)
                                        .answeredByProxy(403),
                                NO),
                        row("the body was cut", Given.requested()
                                .http("GET", 200)
                                .fails(FailureName.TRUNCATED, Phase.RESPONSE_BODY, 20, null), YES),
                        row("another body", Given.requested()
                                .http("GET", 200)
                                .fails(FailureName.MISMATCH, Phase.RESPONSE_BODY, 20, null), YES)),
                Stream.of(
                        Stream.of(400, 401, 403, 404, 408, 413, 417, 421, 425, 429, 431, 501, 521)
                                .map(status(NO)),
                        Stream.of(500, 502, 503, 504, 520, 522, 524).map(status(POSSIBLY)),
                        Stream.of(204, 302, 402, 409, 422).map(status(YES)))
                        .flatMap(rows -> rows));
    }

    private static java.util.function.Function<Integer, Arguments> status(
            RequestProcessed expected) {
        return status -> row("status " + status, Given.answered(status), expected);
    }
}
