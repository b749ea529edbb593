package probe.lab;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import probe.testing.CertificateSpec;
import probe.testing.DnsReply;
import probe.testing.Effect;
import probe.testing.Fault;
import probe.testing.FaultServer;
import probe.testing.FullBacklog;
import probe.testing.Garbage;
import probe.testing.HttpAnswer;
import probe.testing.HttpAnswers;
import probe.testing.Moment;
import probe.testing.Reply;
import probe.testing.ServerTls;
import probe.testing.TestCertificate;
import probe.testing.TestCertificates;
import probe.testing.TestDnsServer;
import probe.testing.TestProxy;

/** What serves in the server's namespace: one port, or one address of a name server, for each way to go wrong. */
enum Service {
    HEALTHY(8000, port -> http(port, Fault.none())),
    MUTE(8001, port -> http(port, Fault.stall(Moment.AFTER_REQUEST))),
    RESETS_AFTER_REQUEST(8002, port -> http(port, Fault.reset(Moment.AFTER_REQUEST))),
    CLOSES_AFTER_REQUEST(8003, port -> http(port, Fault.close(Moment.AFTER_REQUEST))),
    CLOSES_IN_BODY(8004, port -> http(port, Fault.close(Moment.MID_BODY))),
    RESETS_IN_BODY(8005, port -> http(port, Fault.reset(Moment.MID_BODY))),
    STALLS_IN_BODY(8006, port -> http(port, Fault.stall(Moment.MID_BODY))),
    RESETS_ON_ACCEPT(8007, port -> http(port, Fault.reset(Moment.ON_ACCEPT))),
    CLOSES_ON_ACCEPT(8008, port -> http(port, Fault.close(Moment.ON_ACCEPT))),
    TALKS_SSH(8009, port -> http(port, Fault.garbage(Garbage.SSH_BANNER, Moment.ON_ACCEPT))),
    NEVER_READS(8010, port -> http(port, Fault.neverRead(Moment.ON_ACCEPT))),
    HTTP_404(8011, port -> answering(port, HttpAnswers.status(404))),
    HTTP_500(8012, port -> answering(port, HttpAnswers.status(500))),
    HTTP_502(8013, port -> answering(port, HttpAnswers.status(502))),
    HTTP_503(8014, port -> answering(port, HttpAnswers.status(503))),
    HTTP_504(8015, port -> answering(port, HttpAnswers.status(504))),
    HTTP_401(8016, port -> answering(port, HttpAnswers.status(401))),
    HTTP_403(8017, port -> answering(port, HttpAnswers.status(403))),
    HTTP_429(8018, port -> answering(port, HttpAnswers.retryAfter(429, "7"))),
    HTTP_400(8019, port -> answering(port, HttpAnswers.status(400))),
    DRIPS(8021, port -> http(port, Fault.drip(Duration.ofMillis(700), Moment.AFTER_REQUEST))),
    REDIRECTS_TO_ITSELF(8022, port -> answering(port, HttpAnswers.redirect(302, "/"))),
    STALLS_IN_HEAD(8023, port -> http(port, Fault.stall(Moment.MID_HEAD))),
    FULL_QUEUE(8030, port -> FullBacklog.on(everywhere(port))),
    NEVER_ACCEPTS(8031, port -> new java.net.ServerSocket(port)),
    /** Answers with more than one segment. */
    LONG_ANSWER(8032, port -> answering(port, HttpAnswers.ok("x".repeat(5000)))),

    /** Where most hosts have something. */
    WEB(443, port -> tls(port, TestCertificates.serverTls(TestCertificate.VALID))),
    TLS(8443, port -> tls(port, TestCertificates.serverTls(TestCertificate.VALID))),
    TLS_EXPIRED(8444, port -> tls(port, TestCertificates.serverTls(TestCertificate.EXPIRED))),
    TLS_SELF_SIGNED(8445,
            port -> tls(port, TestCertificates.serverTls(TestCertificate.SELF_SIGNED))),
    TLS_UNKNOWN_CA(8446, port -> tls(port, TestCertificates.serverTls(TestCertificate.UNKNOWN_CA))),
    TLS_NOT_YET_VALID(8448,
            port -> tls(port, TestCertificates.serverTls(TestCertificate.NOT_YET_VALID))),
    TLS_ASKS_CLIENT(8449, port -> tls(port, TestCertificates.serverTls(TestCertificate.VALID)
            .asking(ServerTls.ClientAuth.NEED))),
    TLS_12(8450,
            port -> tls(port, TestCertificates.serverTls(TestCertificate.VALID)
                    .protocols(
                            "TLSv1.2"))),
    TLS_STALLS(8451, port -> tls(port, Fault.stall(Moment.ON_CLIENT_HELLO))),
    TLS_CLOSES(8452, port -> tls(port, Fault.close(Moment.ON_CLIENT_HELLO))),
    TLS_RESETS(8453, port -> tls(port, Fault.reset(Moment.ON_CLIENT_HELLO))),
    TLS_INTERNAL_ERROR(8454, port -> tls(port, Fault.alert(80))),
    TLS_MISSING_INTERMEDIATE(8455,
            port -> tls(port, TestCertificates.serverTls(TestCertificate.MISSING_INTERMEDIATE))),
    TLS_MUTE(8457, port -> tls(port, Fault.stall(Moment.AFTER_REQUEST))),
    TLS_OTHER_NAME(8458, port -> tls(port, TestCertificates.serverTls(
            TestCertificates.issue(CertificateSpec.server().forNames("other.test"))))),

    PROXY(3128, port -> proxy(port).start()),
    PROXY_FORBIDS(3129, port -> proxy(port).refusing(HttpAnswers.status(403)).start()),
    PROXY_ASKS_PASSWORD(3130, port -> proxy(port).credentials("ann", "secret").start()),
    PROXY_BAD_GATEWAY(3131, port -> proxy(port).refusing(HttpAnswers.status(502)).start()),
    PROXY_MUTE(3132, port -> proxy(port).fault(Fault.stall(Moment.AFTER_REQUEST)).start()),
    PROXY_RESETS(3133, port -> proxy(port).fault(Fault.reset(Moment.AFTER_REQUEST)).start()),
    PROXY_TUNNEL_MUTE(3134, port -> proxy(port).tunnelling(new Effect.Stall()).start()),
    SOCKS_REFUSED(1080, port -> TestProxy.socks().on(everywhere(port)).refusing(5).start()),
    SOCKS(1081, port -> TestProxy.socks()
            .on(everywhere(port))
            .host("10.77.2.2", InetAddress.getLoopbackAddress())
            .start()),

    /** Knows good.test, dead.test, sink.test; for broken.test it fails, for mute.test it is silent. */
    DNS(53, _ -> dns(53, DnsReply.notFound("test"))),
    DNS_FAILS(54, _ -> unwilling(54, DnsReply.failure(DnsReply.Rcode.SERVFAIL))),
    DNS_REFUSES(55, _ -> unwilling(55, DnsReply.failure(DnsReply.Rcode.REFUSED))),
    DNS_SILENT(56, _ -> unwilling(56, new DnsReply.Silence())),
    DNS_NO_ADDRESS(57, _ -> unwilling(57, DnsReply.noData("test"))),
    /** An address without a name server. */
    DNS_NOBODY(58, _ -> () -> {}),
    /** Knows every name. */
    DNS_HEALED(59, _ -> unwilling(59, DnsReply.addresses("10.77.2.2")));

    /** Starts it. */
    private interface Start {
        AutoCloseable at(int port) throws java.io.IOException;
    }

    private final int port;
    @SuppressWarnings("ImmutableEnumChecker") // None of them captures anything.
    private final Start start;

    Service(int port, Start start) {
        this.port = port;
        this.start = start;
    }

    /** Its port; of a name server the last number of its address. */
    int port() {
        return port;
    }

    /** Where it is found from the client. */
    String target() {
        return "10.77.2.2:" + port;
    }

    /** The same, as a URL. */
    String http() {
        return "http://" + target() + "/";
    }

    /** A name server's address. */
    String nameServer() {
        return "10.77.2." + port;
    }

    AutoCloseable start() throws java.io.IOException {
        return start.at(port);
    }

    private static InetSocketAddress everywhere(int port) {
        return new InetSocketAddress(port);
    }

    private static InetSocketAddress nameServer(int last) {
        return new InetSocketAddress(InetAddress.ofLiteral("10.77.2." + last), 53);
    }

    private static TestDnsServer unwilling(int last, DnsReply always) {
        return TestDnsServer.on(nameServer(last)).otherwise(always);
    }

    private static TestDnsServer dns(int last, DnsReply otherwise) {
        return TestDnsServer.on(nameServer(last))
                .reply("", DnsReply.noData("test"))
                .reply(".", DnsReply.noData("test"))
                .reply("good.test", DnsReply.addresses("10.77.2.2"))
                .reply("dead.test", DnsReply.addresses("10.77.2.9"))
                .reply("sink.test", DnsReply.addresses("0.0.0.0"))
                .reply("broken.test", DnsReply.failure(DnsReply.Rcode.SERVFAIL))
                .reply("mute.test", new DnsReply.Silence())
                .otherwise(otherwise);
    }

    private static FaultServer http(int port, Fault fault) {
        return FaultServer.builder().on(everywhere(port)).connection(fault).start();
    }

    private static FaultServer answering(int port, Reply reply) {
        return FaultServer.builder().on(everywhere(port)).reply(reply).start();
    }

    private static FaultServer tls(int port, ServerTls tls) {
        return FaultServer.builder().on(everywhere(port)).tls(tls).reply(dated()).start();
    }

    /** An answer that tells the time, as those of most servers do (RFC 9110 §6.6.1). */
    private static Reply dated() {
        return HttpAnswer.status(200)
                .header("Date", DateTimeFormatter.RFC_1123_DATE_TIME
                        .format(ZonedDateTime.now(ZoneOffset.UTC)))
                .body("hello\n")
                .reply();
    }

    private static FaultServer tls(int port, Fault fault) {
        return FaultServer.builder()
                .on(everywhere(port))
                .tls(TestCertificates.serverTls(TestCertificate.VALID))
                .connection(fault)
                .start();
    }

    private static TestProxy.Builder proxy(int port) {
        return TestProxy.http()
                .on(everywhere(port))
                .host("good.test",
                        InetAddress.getLoopbackAddress());
    }
}
