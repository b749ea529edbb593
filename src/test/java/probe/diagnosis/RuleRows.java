package probe.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import probe.attempt.CertificateFault;
import probe.attempt.FailureName;
import probe.attempt.Http2Facts;
import probe.attempt.Http2Facts.Ending;
import probe.attempt.PeerState;
import probe.attempt.Phase;
import probe.attempt.Redirect;
import probe.attempt.RequestProgress;
import probe.attempt.TlsFacts.ClientCertificate;
import probe.attempt.Via;
import probe.diagnosis.RulesTest.Row;
import probe.evidence.ServerClock;
import probe.evidence.SynSchedule;
import probe.profile.TimeoutName;

/** The table behind {@link RulesTest}, in the order of {@link Rules}. */
final class RuleRows {
    private static final String PROXY = "http://proxy.example:3128";
    private static final SynSchedule LINUX = new SynSchedule(Stream.of(0, 1, 2, 3, 4, 5, 7, 11)
            .map(Duration::ofSeconds)
            .toList(), Duration.ofSeconds(131));

    private final List<Row> rows = new ArrayList<>();
    private String rule = "";

    private RuleRows() {}

    static Stream<Row> all() {
        RuleRows table = new RuleRows();
        table.machine();
        table.deadline();
        table.names();
        table.connecting();
        table.proxies();
        table.intermediaries();
        table.handshakes();
        table.certificates();
        table.wire();
        table.http2();
        table.protocols();
        table.redirects();
        table.statuses();
        return table.rows.stream();
    }

    static Stream<Row> speaking() {
        return all().filter(row -> !row.says().isEmpty());
    }

    private void rule(String name) {
        rule = name;
    }

    private void says(String expected, String situation, Given given) {
        rows.add(new Row(rule, situation, given.facts(), expected));
    }

    private void says(String expected, String situation, Facts facts) {
        rows.add(new Row(rule, situation, facts, expected));
    }

    private void silent(String situation, Given given) {
        rows.add(new Row(rule, situation, given.facts(), ""));
    }

    private void silent(String situation, Facts facts) {
        rows.add(new Row(rule, situation, facts, ""));
    }

    private static Given connect(FailureName name, double millis) {
        return Given.target("db.example:5432").fails(name, Phase.CONNECT, millis, null);
    }

    private static Given silence() {
        return Given.target("db.example:5432")
                .fails(FailureName.TIMED_OUT, Phase.CONNECT, 3100, TimeoutName.CONNECT);
    }

    private static Given ended(FailureName name, Phase phase) {
        return Given.requested().fails(name, phase, 20, null);
    }

    private static Given head(FailureName name, TimeoutName limit) {
        return Given.requested().fails(name, Phase.RESPONSE_HEAD, 10_000, limit);
    }

    private static Given rejected(CertificateFault... faults) {
        return Given.handshaking()
                .tls(null, ClientCertificate.NOT_ASKED,
                        List.of(Given.certificate("CN=Some CA", "other.example")), faults)
                .fails(FailureName.CERTIFICATE_REJECTED, Phase.TLS, 30, null);
    }

    private static Given alert(int alert) {
        return Given.handshaking()
                .tls(alert, ClientCertificate.NOT_ASKED)
                .fails(FailureName.TLS_ALERT, Phase.TLS, 30, null);
    }

    private void machine() {
        rule("onlyThisMachineRunsOutOfItsDescriptors");
        says("proves client local-host", "EMFILE", connect(FailureName.TOO_MANY_OPEN_FILES, 0.1));
        silent("refused", connect(FailureName.REFUSED, 20));
        rule("theLocalAddressIsChosenBeforeAnythingIsSent");
        says("proves client local-host", "EADDRNOTAVAIL",
                connect(FailureName.ADDRESS_UNAVAILABLE, 0.3));
        silent("refused", connect(FailureName.REFUSED, 20));
        rule("onlyThisMachineForbidsWithIpv4");
        says("proves client local-host", "EACCES over IPv4",
                connect(FailureName.PERMISSION_DENIED, 25));
        says("points client local-host", "EACCES over IPv6 at once",
                connect(FailureName.PERMISSION_DENIED, 0.3)
                        .at("2001:db8::7"));
        says("suggests client local-host", "EACCES over IPv6 after a round trip",
                connect(FailureName.PERMISSION_DENIED, 25).at("2001:db8::7"));
        silent("no route", connect(FailureName.NETWORK_UNREACHABLE, 0.3));
        rule("aBlackholeRouteIsInThisMachinesTable");
        says("proves client local-host", "EINVAL", connect(FailureName.INVALID_ROUTE, 0.3));
        silent("no route", connect(FailureName.NETWORK_UNREACHABLE, 0.3));
        rule("anUnreachableAtOnceIsSaidNearby");
        says("points client local-host", "no route at once",
                connect(FailureName.NETWORK_UNREACHABLE, 0.3));
        says("points client local-host", "no route to host at once",
                connect(FailureName.HOST_UNREACHABLE, 0.4));
        silent("no route after a round trip", connect(FailureName.NETWORK_UNREACHABLE, 21));
        silent("refused at once", connect(FailureName.REFUSED, 0.3));
        rule("thePoolIsTheClientsOwn");
        says("proves client local-host", "no lease", Given.target("http://web.example/")
                .at(null)
                .fails(FailureName.TIMED_OUT, Phase.LEASE, 3000, TimeoutName.CONNECTION_REQUEST));
        silent("silence", silence());
        rule("anAbortIsOrderedHere");
        says("points client local-host", "ECONNABORTED",
                ended(FailureName.ABORTED, Phase.RESPONSE_HEAD));
        silent("ECONNRESET", ended(FailureName.RESET, Phase.RESPONSE_HEAD));
        rule("aLateTimerSaysThatThisMachineStalled");
        says("note", "a limit of 1 s noticed after 2.7 s",
                Given.target("db.example:5432")
                        .limit(TimeoutName.CONNECT, 1000)
                        .fails(FailureName.TIMED_OUT, Phase.CONNECT, 2700, TimeoutName.CONNECT));
        silent("a limit noticed in time", silence());
        silent("a gap, which says nothing of the phase", Given.requested()
                .fails(FailureName.TIMED_OUT, Phase.RESPONSE_BODY, 60_000, TimeoutName.SOCKET));
    }

    private void deadline() {
        rule("anInterruptedRunKnowsOnlyWhereItStood");
        says("note", "stopped", connect(FailureName.INTERRUPTED, 500));
        silent("silence", silence());
        rule("theDeadlineCutThePhaseThatWasSlow");
        says("suggests client local-network", "while connecting", Given.target("db.example:5432")
                .fails(FailureName.TIMED_OUT, Phase.CONNECT, 30_000, TimeoutName.DEADLINE));
        says("suggests client resolver", "while resolving", Given.target("db.example:5432")
                .at(null)
                .fails(FailureName.TIMED_OUT, Phase.RESOLVE, 30_000, TimeoutName.DEADLINE));
        says("suggests client local-host", "while waiting for the pool",
                Given.target("http://web.example/")
                        .fails(FailureName.TIMED_OUT, Phase.LEASE, 30_000, TimeoutName.DEADLINE));
        says("suggests client proxy", "while the proxy was asked",
                Given.connected()
                        .proxy(PROXY, null)
                        .fails(FailureName.TIMED_OUT, Phase.PROXY, 30_000, TimeoutName.DEADLINE));
        says("suggests server remote-service", "in the body", Given.requested()
                .fails(FailureName.TIMED_OUT, Phase.RESPONSE_BODY, 29_000, TimeoutName.DEADLINE));
        says("suggests client configuration", "with 200 ms left for the phase",
                Given.target("db.example:5432")
                        .ok(Phase.RESOLVE, 4800)
                        .fails(FailureName.TIMED_OUT, Phase.CONNECT, 200, TimeoutName.DEADLINE));
        silent("silence", silence());
        silent("stopped", connect(FailureName.INTERRUPTED, 500));
    }

    private void names() {
        rule("aBareNameNeedsThisMachinesSearchList");
        says("points client configuration", "a name without a dot", Given.target("db:5432")
                .at(null)
                .fails(FailureName.NAME_NOT_FOUND, Phase.RESOLVE, 5, null));
        silent("a name with a domain", Given.target("db.example:5432")
                .at(null)
                .fails(FailureName.NAME_NOT_FOUND, Phase.RESOLVE, 5, null));
        rule("aReservedNameIsNotInThePublicNameSpace");
        says("points client configuration", ".invalid", Given.target("db.invalid:5432")
                .at(null)
                .fails(FailureName.NAME_NOT_FOUND, Phase.RESOLVE, 5, null));
        says("points client resolver", ".internal", Given.target("db.corp.internal:5432")
                .at(null)
                .fails(FailureName.NAME_NOT_FOUND, Phase.RESOLVE, 5, null));
        silent(".org", Given.target("db.example.org:5432")
                .at(null)
                .fails(FailureName.NAME_NOT_FOUND, Phase.RESOLVE, 5, null));
        rule("nobodyServesFromTheUnspecifiedAddress");
        says("points client resolver", "0.0.0.0", connect(FailureName.REFUSED, 0.2).at("0.0.0.0"));
        silent("an address", connect(FailureName.REFUSED, 20));
        rule("aNameThatLeadsBackHereIsThisMachinesEntry");
        says("suggests client resolver", "a name leads to 127.0.0.1",
                connect(FailureName.REFUSED, 0.2).at("127.0.0.1"));
        silent("localhost was asked for", Given.target("localhost:5432")
                .at("127.0.0.1")
                .fails(FailureName.REFUSED, Phase.CONNECT, 0.2, null));
        silent("127.0.0.1 was asked for", Given.target("127.0.0.1:5432")
                .at("127.0.0.1")
                .fails(FailureName.REFUSED, Phase.CONNECT, 0.2, null));
    }

    private void connecting() {
        rule("aLimitBelowOneRetransmissionHearsOneLostPacketAsSilence");
        Given half = Given.target("db.example:5432")
                .limit(TimeoutName.CONNECT, 500)
                .fails(FailureName.TIMED_OUT, Phase.CONNECT, 500, TimeoutName.CONNECT);
        says("suggests client configuration", "half a second, the schedule not known", half);
        says("suggests client configuration", "half a second, the schedule known",
                half.facts(LINUX));
        silent("3.1 s", silence());
        silent("the deadline fired", Given.target("db.example:5432")
                .fails(FailureName.TIMED_OUT, Phase.CONNECT, 500, TimeoutName.DEADLINE));
        rule("theKernelItselfGaveUp");
        says("note", "ETIMEDOUT", connect(FailureName.TIMED_OUT, 131_000));
        silent("our limit", silence());
        rule("aRefusalOnLoopbackIsThisMachinesOwnService");
        says("points server remote-service", "localhost",
                Given.target("localhost:5432")
                        .at("127.0.0.1")
                        .fails(FailureName.REFUSED, Phase.CONNECT, 0.2, null));
        says("points server remote-service", "::1", Given.target("[::1]:5432")
                .at("0:0:0:0:0:0:0:1")
                .fails(FailureName.REFUSED, Phase.CONNECT, 0.2, null));
        silent("another name that leads here", connect(FailureName.REFUSED, 0.2).at("127.0.0.1"));
        silent("another host", connect(FailureName.REFUSED, 20));
        rule("silenceOnLoopbackIsAFullQueueOrAnOwnFilter");
        says("points server remote-service", "127.0.0.1", silence().at("127.0.0.1"));
        silent("another host", silence());
        silent("refused", connect(FailureName.REFUSED, 0.2).at("127.0.0.1"));
        rule("anUnreachableThatTookAWhileIsSaidFurtherOff");
        says("suggests server remote-host", "no route to host after 21 ms",
                connect(FailureName.HOST_UNREACHABLE, 21));
        says("suggests server path", "no route after 21 ms",
                connect(FailureName.NETWORK_UNREACHABLE, 21));
        says("note", "no route to host after 3.06 s", connect(FailureName.HOST_UNREACHABLE, 3060));
        silent("at once", connect(FailureName.HOST_UNREACHABLE, 0.3));
        silent("refused after 21 ms", connect(FailureName.REFUSED, 21));
        rule("theHandshakeProvesNameRouteAndPort");
        says("note", "after the handshake", head(FailureName.TIMED_OUT, TimeoutName.SOCKET));
        silent("silence", silence());
        rule("theRawSocketBesideIt");
        Given url = Given.target("http://web.example/")
                .fails(FailureName.TIMED_OUT, Phase.CONNECT, 3100, TimeoutName.CONNECT);
        Given raw = Given.target("http://web.example/").via(Via.SOCKET);
        says("points server remote-host", "the raw socket was connected",
                url.with(raw.ok(Phase.CONNECT, 20)));
        says("note", "the raw socket was connected, the answer is missing",
                head(FailureName.TIMED_OUT, TimeoutName.SOCKET).with(raw));
        says("note", "the raw socket timed out as well",
                url.with(Given.target("http://web.example/")
                        .via(Via.SOCKET)
                        .fails(FailureName.TIMED_OUT, Phase.CONNECT, 3100, TimeoutName.CONNECT)));
        silent("the raw socket failed otherwise",
                url.with(Given.target("http://web.example/")
                        .via(Via.SOCKET)
                        .fails(FailureName.REFUSED, Phase.CONNECT, 20, null)));
        silent("the raw socket went to another address",
                url.with(Given.target("http://web.example/")
                        .via(Via.SOCKET)
                        .at("192.0.2.8")
                        .ok(Phase.CONNECT, 20)));
        silent("no raw socket", url);
    }

    private static Given denied(int status) {
        return Given.connected()
                .proxy(PROXY, status)
                .fails(FailureName.PROXY_REFUSED, Phase.PROXY, 20, null);
    }

    private void proxies() {
        rule("aProxyOutOfReachIsTheClients");
        says("proves client proxy", "the proxy refuses",
                connect(FailureName.REFUSED, 20).proxy(PROXY, null));
        says("proves client proxy", "the proxy is silent", silence().proxy(PROXY, null));
        silent("the target refuses", connect(FailureName.REFUSED, 20));
        Given silentAfterConnect = Given.connected()
                .proxy(PROXY, null)
                .fails(FailureName.TIMED_OUT, Phase.PROXY, 10_000, TimeoutName.SOCKET);
        silent("the proxy is silent after CONNECT", silentAfterConnect);
        rule("aProxySilentAfterConnectMayBeWaitingItself");
        says("suggests client proxy", "silent after CONNECT", silentAfterConnect);
        silent("silent before", silence().proxy(PROXY, null));
        rule("aProxyThatAsksForALoginMeansItsOwnClient");
        says("proves client proxy", "407", denied(407));
        silent("403", denied(403));
        rule("whatAProxySaysInPlaceOfATunnel");
        says("proves client proxy", "403", denied(403));
        says("proves client proxy", "SOCKS: not allowed", denied(2));
        says("points server remote-service", "SOCKS: refused", denied(5));
        says("suggests server remote-host", "502", denied(502));
        says("suggests server remote-host", "SOCKS: host unreachable", denied(4));
        says("points client proxy", "400", denied(400));
        says("points client proxy", "SOCKS: command not supported", denied(7));
        silent("407", denied(407));
        rule("aProxyThatHangsUpIsTheOneThatFailed");
        says("points client proxy", "closed after CONNECT", Given.connected()
                .proxy(PROXY, null)
                .fails(FailureName.CLOSED, Phase.PROXY, 20, null));
        silent("403", denied(403));
        silent("closed after the request",
                ended(FailureName.CLOSED, Phase.RESPONSE_HEAD).proxy(PROXY, null));
        rule("aTargetThatTakesDirectConnectionsIsUp");
        Given direct = Given.target("https://web.example/")
                .via(Via.SOCKET)
                .at("192.0.2.8")
                .ok(Phase.CONNECT, 20);
        says("points client proxy", "the proxy cannot reach what this machine can",
                Given.target("https://web.example/")
                        .ok(Phase.CONNECT, 5)
                        .proxy(PROXY, 502)
                        .fails(FailureName.PROXY_REFUSED, Phase.PROXY, 20, null)
                        .with(direct));
        says("note", "the answer through the proxy is missing", Given.target("https://web.example/")
                .ok(Phase.CONNECT, 5)
                .proxy(PROXY, null)
                .fails(FailureName.TIMED_OUT, Phase.RESPONSE_HEAD, 10_000, TimeoutName.SOCKET)
                .with(direct));
        silent("no direct attempt", denied(502));
        silent("no proxy",
                Given.handshaking().fails(FailureName.RESET, Phase.TLS, 20, null).with(direct));
        rule("behindAProxyTcpSpeaksOfTheProxy");
        says("note", "reset through a proxy",
                ended(FailureName.RESET, Phase.RESPONSE_HEAD).proxy(PROXY, null));
        silent("reset without one", ended(FailureName.RESET, Phase.RESPONSE_HEAD));
        silent("the proxy hung up", Given.connected()
                .proxy(PROXY, null)
                .fails(FailureName.CLOSED, Phase.PROXY, 20, null));
    }

    private static Given plain(int status, String... headers) {
        return Given.answered(status, headers).proxy(PROXY, null);
    }

    private static ServerClock clock(String there) {
        return new ServerClock("192.0.2.7", 443, Instant.parse(there).getEpochSecond(), 60);
    }

    private void intermediaries() {
        rule("anIntermediarySaysWhatFailed");
        says("points server remote-service", "the target refused the proxy",
                plain(502, "Proxy-Status: p.test; error=connection_refused"));
        says("points server remote-host", "the target was silent to the proxy",
                plain(504, "Proxy-Status: p.test; error=connection_timeout; details=\"x\""));
        says("points client configuration", "the proxy knows no such name",
                plain(502, "Proxy-Status: p.test; error=dns_error; rcode=\"NXDOMAIN\""));
        says("points client proxy", "the proxy itself failed",
                plain(500, "Proxy-Status: p.test; error=proxy_internal_error"));
        says("points client proxy", "the proxy forbids",
                plain(403, "Proxy-Status: p.test; error=http_request_denied"));
        says("points server remote-service", "a gateway of the service failed",
                Given.answered(503, "Proxy-Status: edge.test; error=connection_limit_reached"));
        says("points server remote-service", "the nearest to the origin counts", plain(502,
                "Proxy-Status: a.test; error=connection_refused, b.test; error=dns_error"));
        silent("no such header", plain(502));
        silent("an error registered later", plain(502, "Proxy-Status: p.test; error=moon_phase"));
        silent("no error", plain(502, "Proxy-Status: p.test; received-status=502"));
    }

    private void handshakes() {
        rule("aHandshakeThatNeverBeganFailedHere");
        says("proves client configuration", "not a byte sent", Given.handshaking()
                .bytes(0, null, 0)
                .fails(FailureName.TLS_FAILED, Phase.TLS, 1, null));
        silent("a hello was sent",
                Given.handshaking().fails(FailureName.TLS_FAILED, Phase.TLS, 30, null));
        rule("aPeerThatAskedForACertificateAndGotNoneSaysNo");
        says("proves client configuration", "alert 116", alert(116));
        says("points client configuration", "asked for, none given, alert 40", Given.handshaking()
                .tls(40, ClientCertificate.MISSING)
                .fails(FailureName.TLS_ALERT, Phase.TLS, 30, null));
        says("points client configuration", "asked for, none given, reset", Given.handshaking()
                .tls(null, ClientCertificate.MISSING)
                .fails(FailureName.RESET, Phase.TLS, 30, null));
        says("points client configuration", "given and turned down", Given.handshaking()
                .tls(46, ClientCertificate.GIVEN)
                .fails(FailureName.TLS_ALERT, Phase.TLS, 30, null));
        silent("alert 40, none asked for", alert(40));
        rule("whoeverLeavesOutTls12HasNoVersionInCommon");
        says("points server remote-service", "1.2 and 1.3 were offered", Given.handshaking()
                .versions(70, null, "TLSv1.3", "TLSv1.2")
                .fails(FailureName.TLS_ALERT, Phase.TLS, 30, null));
        says("points server remote-service", "the service chose 1.0", Given.handshaking()
                .versions(null, "TLSv1", "TLSv1.3", "TLSv1.2")
                .fails(FailureName.TLS_FAILED, Phase.TLS, 30, null));
        says("points client configuration", "1.3 alone was offered", Given.handshaking()
                .versions(70, null, "TLSv1.3")
                .fails(FailureName.TLS_ALERT, Phase.TLS, 30, null));
        silent("what was offered is not known", alert(70));
        silent("no suite in common", alert(71));
        rule("whatTheAlertSays");
        says("points server remote-service", "internal_error", alert(80));
        says("suggests client configuration", "unrecognized_name", alert(112));
        says("suggests client configuration", "no_application_protocol", alert(120));
        silent("decode_error", alert(50));
        silent("handshake_failure", alert(40));
        rule("howTheHandshakeWasEnded");
        says("suggests server remote-service", "closed after the hello",
                Given.handshaking()
                        .peer(PeerState.CLOSED)
                        .fails(FailureName.CLOSED, Phase.TLS, 20, null));
        says("note", "reset after the hello", Given.handshaking()
                .peer(PeerState.RESET)
                .fails(FailureName.RESET, Phase.TLS, 20, null));
        silent("timed out",
                Given.handshaking().fails(FailureName.TIMED_OUT, Phase.TLS, 3100, TimeoutName.TLS));
        rule("theRawSocketsHandshakeBesideIt");
        Given url = Given.handshaking().fails(FailureName.RESET, Phase.TLS, 20, null);
        says("note", "the raw socket was done",
                url.with(Given.handshaking().via(Via.SOCKET).ok(Phase.TLS, 30)));
        says("note", "the raw socket failed too", url.with(Given.handshaking()
                .via(Via.SOCKET)
                .fails(FailureName.RESET, Phase.TLS, 20, null)));
        silent("no raw socket", url);
        silent("the raw socket was not connected",
                url.with(Given.target("https://web.example/")
                        .via(Via.SOCKET)
                        .fails(FailureName.REFUSED, Phase.CONNECT, 20, null)));
    }

    private void certificates() {
        rule("aSecondClockSettlesTheDates");
        Given expired = rejected(CertificateFault.EXPIRED);
        Given inside = Given.answered(503, "Date: Mon, 01 Jun 2026 00:00:00 GMT").at("192.0.2.8");
        Given outside = Given.answered(503, "Date: Tue, 01 Jun 2027 00:00:00 GMT").at("192.0.2.8");
        says("points client local-host", "expired here and not there", withRaw(expired, inside));
        says("proves server remote-service", "expired by both clocks", withRaw(expired, outside));
        says("points client local-host", "expired here and not by the service's own clock",
                expired.facts(clock("2026-06-01T00:00:00Z")));
        says("proves server remote-service", "expired by the service's own clock too",
                expired.facts(clock("2027-06-01T00:00:00Z")));
        silent("no other clock", expired);
        silent("a clock behind a cache",
                withRaw(expired, Given.answered(503, "Date: Mon, 01 Jun 2026 00:00:00 GMT",
                        "X-Cache: HIT").at("192.0.2.8")));
        silent("another fault", withRaw(rejected(CertificateFault.NAME_MISMATCH), inside));
        rule("anExpiredCertificateWasForgottenMoreOftenThanAClockIsFast");
        says("points server remote-service", "expired", expired);
        silent("not yet valid", rejected(CertificateFault.NOT_YET_VALID));
        silent("a second clock", expired.facts(clock("2026-06-01T00:00:00Z")));
        rule("aCertificateFromTheFutureMakesTheClockSuspect");
        says("suggests client local-host", "not yet valid",
                rejected(CertificateFault.NOT_YET_VALID));
        silent("expired", expired);
        rule("aSelfSignedCertificateIsTheServicesChoice");
        says("points server remote-service", "self-signed", rejected(CertificateFault.SELF_SIGNED));
        silent("expired", expired);
        rule("aChainOfOneLacksItsIssuerHereOrThere");
        says("note", "one certificate", rejected(CertificateFault.UNKNOWN_ISSUER));
        silent("weak", rejected(CertificateFault.WEAK));
        silent("self-signed", rejected(CertificateFault.SELF_SIGNED));
        rule("aWeakOrMisusedCertificateIsTheServices");
        says("points server remote-service", "weak", rejected(CertificateFault.WEAK));
        says("points server remote-service", "made for another use",
                rejected(CertificateFault.WRONG_USAGE));
        silent("unknown issuer", rejected(CertificateFault.UNKNOWN_ISSUER));
        rule("theNamesOfTheCertificate");
        says("note", "another name", rejected(CertificateFault.NAME_MISMATCH));
        says("points client configuration", "asked for by address",
                Given.target("https://192.0.2.7/")
                        .ok(Phase.CONNECT, 20)
                        .bytes(300, null, 900)
                        .tls(null, ClientCertificate.NOT_ASKED, CertificateFault.NAME_MISMATCH)
                        .fails(FailureName.CERTIFICATE_REJECTED, Phase.TLS, 30, null));
        silent("expired", expired);
        rule("allFaultsOfTheChain");
        says("note", "two faults",
                rejected(CertificateFault.EXPIRED, CertificateFault.NAME_MISMATCH));
        silent("one fault", expired);
    }

    /** Beside the judged attempt, one whose only use is its clock: it stands as a raw attempt, so that it decides nothing. */
    private static Facts withRaw(Given judged, Given clock) {
        return judged.with(clock.via(Via.SOCKET));
    }

    private void wire() {
        rule("aLimitBelowTheRoundTripCannotBeMet");
        says("points client configuration", "10 ms for a round trip of 20 ms", Given.requested()
                .limit(TimeoutName.SOCKET, 10)
                .fails(FailureName.TIMED_OUT, Phase.RESPONSE_HEAD, 10, TimeoutName.SOCKET));
        silent("10 s", head(FailureName.TIMED_OUT, TimeoutName.SOCKET));
        silent("silence", silence());
        rule("whoeverClosesBeforeTheRequestHasNotSeenIt");
        says("points client configuration", "a kept connection was closed",
                ended(FailureName.CLOSED, Phase.REQUEST)
                        .peer(PeerState.CLOSED_BEFORE_REQUEST)
                        .request(RequestProgress.NOT_STARTED)
                        .use(3)
                        .idle(61_000));
        says("points server remote-service", "a fresh connection was closed",
                Given.connected()
                        .exchange(1, 0, "220")
                        .peer(PeerState.CLOSED_BEFORE_REQUEST)
                        .fails(FailureName.CLOSED, Phase.EXCHANGE, 2, null));
        silent("closed after the request",
                ended(FailureName.CLOSED, Phase.RESPONSE_HEAD).peer(PeerState.CLOSED));
        silent("closed behind a proxy", ended(FailureName.CLOSED, Phase.REQUEST).proxy(PROXY, null)
                .peer(PeerState.CLOSED_BEFORE_REQUEST));
        rule("aKeptConnectionThatEndsUnderARequestWasIdleTooLong");
        says("points client configuration", "a kept connection was reset",
                ended(FailureName.RESET, Phase.RESPONSE_HEAD)
                        .peer(PeerState.RESET)
                        .use(1));
        says("points client configuration", "one that was held silent was reset",
                ended(FailureName.RESET, Phase.RESPONSE_HEAD)
                        .peer(PeerState.RESET)
                        .held(90_000));
        silent("a fresh one", ended(FailureName.RESET, Phase.RESPONSE_HEAD).peer(PeerState.RESET));
        silent("in the body", Given.requested()
                .http("GET", 200)
                .use(1)
                .fails(FailureName.RESET, Phase.RESPONSE_BODY, 20, null));
        rule("theServersKernelHasTheRequest");
        says("points server remote-service", "all acknowledged, no answer",
                head(FailureName.TIMED_OUT,
                        TimeoutName.SOCKET).bytes(100, 100, 0));
        says("points server remote-service", "all acknowledged, then reset",
                ended(FailureName.RESET,
                        Phase.RESPONSE_HEAD).bytes(100, 100, 0));
        silent("not asked", head(FailureName.TIMED_OUT, TimeoutName.SOCKET));
        silent("not all", head(FailureName.TIMED_OUT, TimeoutName.SOCKET).bytes(100, 40, 0));
        silent("the proxy's kernel",
                head(FailureName.TIMED_OUT, TimeoutName.SOCKET).bytes(100, 100, 0)
                        .proxy(PROXY, null));
        says("points server remote-service", "a kept connection, of which this request is counted",
                head(FailureName.TIMED_OUT, TimeoutName.SOCKET)
                        .bytes(100, 100, 0)
                        .use(1));
        rule("whatIsNotAcknowledgedIsLostOnTheWay");
        says("suggests client path", "nothing acknowledged, no answer", head(FailureName.TIMED_OUT,
                TimeoutName.SOCKET).bytes(100, 0, 0));
        silent("all acknowledged",
                head(FailureName.TIMED_OUT, TimeoutName.SOCKET).bytes(100, 100, 0));
        silent("nothing acknowledged, then reset",
                ended(FailureName.RESET, Phase.RESPONSE_HEAD).bytes(100, 0, 0));
        rule("aResetProvesNothingOfWhatWasNotAcknowledged");
        says("note", "nothing acknowledged, then reset",
                ended(FailureName.RESET, Phase.RESPONSE_HEAD)
                        .bytes(100, 0, 0));
        silent("all acknowledged, then reset",
                ended(FailureName.RESET, Phase.RESPONSE_HEAD).bytes(100, 100, 0));
        rule("anOrderlyEndIsTheDoingOfTheFarProgram");
        says("points server remote-service", "FIN after the whole request",
                ended(FailureName.CLOSED,
                        Phase.RESPONSE_HEAD).peer(PeerState.CLOSED));
        says("points server remote-service", "FIN in the body", Given.requested()
                .http("GET", 200)
                .peer(PeerState.CLOSED)
                .fails(FailureName.TRUNCATED, Phase.RESPONSE_BODY, 20, null));
        silent("FIN in the request", ended(FailureName.CLOSED, Phase.REQUEST).peer(PeerState.CLOSED)
                .request(RequestProgress.PARTIAL));
        silent("a reset", ended(FailureName.RESET, Phase.RESPONSE_HEAD).peer(PeerState.RESET));
        rule("aFreshPipeIsBrokenAtTheFarEnd");
        says("points server remote-service", "EPIPE on a fresh connection",
                ended(FailureName.BROKEN_PIPE,
                        Phase.REQUEST).peer(PeerState.CLOSED));
        silent("EPIPE on a kept one",
                ended(FailureName.BROKEN_PIPE, Phase.REQUEST).peer(PeerState.CLOSED).use(1));
        silent("a reset", ended(FailureName.RESET, Phase.REQUEST).peer(PeerState.RESET));
        rule("aLongSilenceLetsConnectionsBeForgotten");
        says("note", "reset after a minute",
                ended(FailureName.RESET, Phase.RESPONSE_HEAD).idle(60_000));
        silent("reset after a second", ended(FailureName.RESET, Phase.RESPONSE_HEAD).idle(1000));
        rule("anAnswerThatHasBegunStallsAtItsSource");
        says("suggests server remote-service", "the body stalls", Given.requested()
                .bytes(100, null, 900)
                .http("GET", 200)
                .fails(FailureName.TIMED_OUT, Phase.RESPONSE_BODY, 10_000, TimeoutName.SOCKET));
        silent("no byte of an answer", head(FailureName.TIMED_OUT, TimeoutName.SOCKET));
        rule("aKernelThatGivesUpOnDataHeardNothingFromTheHost");
        says("points server path", "ETIMEDOUT on data", Given.requested()
                .fails(FailureName.TIMED_OUT, Phase.RESPONSE_HEAD, 900_000, null));
        silent("our limit", head(FailureName.TIMED_OUT, TimeoutName.SOCKET));
        silent("ETIMEDOUT while connecting", connect(FailureName.TIMED_OUT, 131_000));
    }

    private static Given http2(FailureName name, Ending ending, long code, int last) {
        return Given.requested()
                .http2(new Http2Facts(1, ending, code, last))
                .fails(name, Phase.RESPONSE_HEAD, 20, null);
    }

    private void http2() {
        rule("anHttp2EndIsWrittenByThePeer");
        says("points server remote-service", "RST_STREAM",
                ended(FailureName.STREAM_RESET, Phase.RESPONSE_HEAD));
        says("points server remote-service", "REFUSED_STREAM",
                http2(FailureName.STREAM_RESET, Ending.RST_STREAM, 7, 0));
        says("suggests server remote-service", "PROTOCOL_ERROR",
                http2(FailureName.STREAM_RESET, Ending.RST_STREAM, 1, 0));
        says("points client configuration", "HTTP_1_1_REQUIRED",
                http2(FailureName.STREAM_RESET, Ending.RST_STREAM, 13, 0));
        says("suggests client configuration", "INADEQUATE_SECURITY",
                http2(FailureName.GOING_AWAY, Ending.GOAWAY, 12, 0));
        says("suggests client configuration", "ENHANCE_YOUR_CALM",
                http2(FailureName.GOING_AWAY, Ending.GOAWAY, 11, 0));
        says("points server remote-service", "GOAWAY without an error",
                http2(FailureName.GOING_AWAY, Ending.GOAWAY, 0, 1));
        says("points server remote-service", "a code of nobody's",
                http2(FailureName.STREAM_RESET, Ending.RST_STREAM, 4_294_967_295L, 0));
        silent("RST", ended(FailureName.RESET, Phase.RESPONSE_HEAD));
        rule("whatThePeerHasNotActedOn");
        says("note", "REFUSED_STREAM", http2(FailureName.STREAM_RESET, Ending.RST_STREAM, 7, 0));
        says("note", "GOAWAY below the stream", http2(FailureName.GOING_AWAY, Ending.GOAWAY, 0, 0));
        silent("GOAWAY at the stream", http2(FailureName.GOING_AWAY, Ending.GOAWAY, 0, 1));
        silent("CANCEL", http2(FailureName.STREAM_RESET, Ending.RST_STREAM, 8, 0));
        rule("aServerThatChoosesAnotherVersion");
        says("points client configuration", "http/1.1 of two", Given.handshaking()
                .http("GET", null)
                .fails(FailureName.MISMATCH, Phase.TLS, 20, null));
        silent("a body that is not as expected",
                Given.requested().fails(FailureName.MISMATCH, Phase.RESPONSE_BODY, 20, null));
    }

    private static Given nonsense(String url, String received) {
        return Given.target(url)
                .ok(Phase.CONNECT, 20)
                .request(RequestProgress.COMPLETE)
                .bytes(100, null, 20)
                .received(received)
                .fails(FailureName.MALFORMED, Phase.RESPONSE_HEAD, 5, null);
    }

    private void protocols() {
        rule("anotherProtocolAnswersOnAWrongPort");
        says("points client configuration", "SSH on a port of the user's",
                nonsense("http://web.example:22/",
                        "SSH-2.0-OpenSSH\r\n"));
        says("points client configuration", "TLS on a port of the user's",
                nonsense("http://web.example:8443/",
                        "\u0015\u0003\u0001\u0000\u0002"));
        says("suggests server remote-service", "SSH on port 80",
                nonsense("http://web.example/", "SSH-2.0-OpenSSH\r\n"));
        says("points client configuration", "HTTP where TLS was begun",
                Given.target("https://web.example:80/")
                        .ok(Phase.CONNECT, 20)
                        .bytes(300, null, 60)
                        .received("HTTP/1.1 400 Bad Request\r\n")
                        .fails(FailureName.NOT_TLS, Phase.TLS, 30, null));
        says("points client configuration", "SSH where a script expected a greeting",
                Given.connected()
                        .exchange(1, 0, "220")
                        .received("SSH-2.0-OpenSSH\r\n")
                        .fails(FailureName.MISMATCH, Phase.EXCHANGE, 10, null));
        silent("HTTP that is malformed", nonsense("http://web.example:8080/", "HTTP/1.1 abc\r\n"));
        silent("nothing known", nonsense("http://web.example:8080/", "hello"));
        silent("another reply code than the one scripted", Given.connected()
                .exchange(1, 0, "220")
                .received("554 no\r\n")
                .fails(FailureName.MISMATCH, Phase.EXCHANGE, 10, null));
        silent("a proxy's words", Given.connected()
                .proxy(PROXY, null)
                .received("SSH-2.0-x\r\n")
                .fails(FailureName.MALFORMED, Phase.PROXY, 10, null));
        rule("aServiceThatIsToGreetMayBeWaitingForItsClient");
        says("note", "no greeting", Given.connected()
                .exchange(1, 0, "220")
                .fails(FailureName.TIMED_OUT, Phase.EXCHANGE, 10_000, TimeoutName.SOCKET));
        silent("no answer to a send", Given.connected()
                .exchange(2, 1, "220")
                .bytes(10, null, 0)
                .request(RequestProgress.COMPLETE)
                .fails(FailureName.TIMED_OUT, Phase.EXCHANGE, 10_000, TimeoutName.SOCKET));
    }

    private static Given secure(int status, String... headers) {
        return Given.handshaking()
                .tls(null, ClientCertificate.NOT_ASKED)
                .http("GET", status, headers)
                .request(RequestProgress.COMPLETE)
                .fails(FailureName.STATUS, Phase.RESPONSE_HEAD, 30, null);
    }

    private static Given redirected(Redirect.Outcome outcome) {
        return Given.requested()
                .http("GET", 302, "Location: /again")
                .redirect(0, outcome, "http://web.example/again")
                .fails(FailureName.REDIRECT, Phase.RESPONSE_HEAD, 3, null);
    }

    private static Facts after(Given failed) {
        return Given.requested()
                .http("GET", 302, "Location: http://web.example/")
                .redirect(0, Redirect.Outcome.FOLLOWED, "http://web.example:80/")
                .with(failed);
    }

    private void redirects() {
        rule("whoeverRedirectsChoosesThePlaceThatFailed");
        says("note", "a loop", redirected(Redirect.Outcome.LOOP));
        says("points server remote-service", "404 after a redirect",
                after(Given.answered(404).hop(1)));
        says("note", "500 after a redirect", after(Given.answered(500).hop(1)));
        silent("404 of what was typed", Given.answered(404));
        rule("aChainIsAsGoodAsTheLocationsInIt");
        says("points server remote-service", "a loop", redirected(Redirect.Outcome.LOOP));
        says("suggests server remote-service", "too many", redirected(Redirect.Outcome.LIMIT));
        says("points server remote-service", "a Location that is none",
                redirected(Redirect.Outcome.MALFORMED));
        says("suggests server remote-service", "another scheme",
                redirected(Redirect.Outcome.OTHER_SCHEME));
        says("points client configuration", "a body that cannot be sent twice",
                redirected(Redirect.Outcome.BODY_SPENT));
        says("points client configuration", "a body for another origin",
                redirected(Redirect.Outcome.BODY_WITHHELD));
        silent("404 after a redirect", after(Given.answered(404).hop(1)));
    }

    private void statuses() {
        rule("aPlainProxyAnswersInTheTargetsPlace");
        says("suggests server remote-host", "502 through a proxy",
                Given.answered(502).proxy(PROXY, null));
        says("points server remote-service", "500 through a proxy",
                Given.answered(500).proxy(PROXY, null));
        silent("502 without one", Given.answered(502));
        silent("502 through a tunnel", secure(502).proxy(PROXY, null));
        silent("404 through a proxy", Given.answered(404).proxy(PROXY, null));
        rule("aStatusThatBlamesTheRequest");
        says("proves client configuration", "400", Given.answered(400));
        says("proves client configuration", "404", Given.answered(404, "Server: nginx"));
        says("points client configuration", "404 behind a gateway",
                Given.answered(404, "Via: 1.1 edge"));
        says("points client configuration", "429", Given.answered(429));
        says("points client configuration", "451", Given.answered(451));
        silent("408", Given.answered(408));
        silent("500", Given.answered(500));
        rule("aServerThatWaitedForTheRequest");
        says("suggests client local-host", "408", Given.answered(408));
        says("points server remote-service", "408 though all was acknowledged", Given.answered(408)
                .bytes(100, 100, 300));
        silent("400", Given.answered(400));
        rule("aStatusThatBlamesTheServer");
        says("proves server remote-service", "500", Given.answered(500));
        says("points server remote-service", "500 through somebody in the clear",
                Given.answered(500, "Via: 1.1 x"));
        says("proves server remote-service", "500 through an edge, in TLS",
                secure(500, "Via: 1.1 x"));
        says("points server remote-service", "502 in the clear", Given.answered(502));
        says("points server remote-service", "503 of an edge in the clear",
                Given.answered(503, "Via: 1.1 edge"));
        says("proves server remote-service", "503 of the service's own", Given.answered(503));
        says("proves server remote-service", "502 in TLS", secure(502));
        says("points server remote-service", "502 in TLS that was not verified", Given.handshaking()
                .tls(null, ClientCertificate.NOT_ASKED, CertificateFault.UNKNOWN_ISSUER)
                .http("GET", 502)
                .fails(FailureName.STATUS, Phase.RESPONSE_HEAD, 30, null));
        says("points server remote-service", "501", secure(501));
        silent("500 through a proxy", Given.answered(500).proxy(PROXY, null));
        silent("511", Given.answered(511));
        silent("404", Given.answered(404));
        rule("aNetworkThatWantsALoginFirst");
        says("points client local-network", "511", Given.answered(511));
        silent("500", Given.answered(500));
        rule("aProxyThatNobodySet");
        says("note", "407", Given.answered(407));
        silent("407 from the proxy that was set", Given.answered(407).proxy(PROXY, null));
    }
}
