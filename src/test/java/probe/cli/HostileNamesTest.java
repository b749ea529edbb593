package probe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import probe.testing.CertificateSpec;
import probe.testing.CertificateSpec.Usage;
import probe.testing.DnsRecord;
import probe.testing.DnsReply;
import probe.testing.DnsReply.Rcode;
import probe.testing.FaultServer;
import probe.testing.Identity;
import probe.testing.Loopback;
import probe.testing.Needs;
import probe.testing.Prerequisite;
import probe.testing.TestCertificates;
import probe.testing.TestDnsServer;

/** Names that a server's certificate or a name server made up, through every form of the output. */
class HostileNamesTest {
    /** Of one byte a character, and short enough for a label of a domain name. */
    private static final String LABEL = "a\u001b[2J\u0007\u009b1m\u0000\u007f\n::error::x\r##[add-mask]\"]]>&<b\u00ff";
    private static final String TEXT = "t\u001b]0;owned\u0007 ::error::x\n::stop-commands::y\r\n"
            + "##[error]z \"]]>'&#0;<!-- \\\u202e\u2028\ufffe\ud800 {a=\"b\"} 1\n# TODO\nok 2";

    private static Identity certificate(String... more) {
        Identity issuer = TestCertificates.selfSigned(CertificateSpec.server()
                .usage(Usage.AUTHORITY)
                .commonName("issuer " + TEXT)
                .forNames());
        return TestCertificates.issue(CertificateSpec.server()
                .commonName("subject " + TEXT)
                .forNames(Stream.concat(Stream.of(more),
                        Stream.of(LABEL + ".test", "*." + LABEL, TEXT)).toArray(String[]::new)),
                issuer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls-cert-untrusted", "tls-cert-name-mismatch", "healthy"})
    void a_certificates_names_are_quoted_and_not_obeyed(String kind) throws Exception {
        Identity identity = kind.equals("tls-cert-untrusted") ? certificate("127.0.0.1")
                : certificate();
        try (FaultServer server = FaultServer.builder()
                .tls(TestCertificates.serverTls(identity))
                .start()) {
            String target = "https://127.0.0.1:" + server.port() + "/";
            EveryForm forms = switch (kind) {
                case "tls-cert-untrusted" -> EveryForm.of(target);
                case "healthy" -> EveryForm.of("-k", target);
                default -> EveryForm.of("--cacert",
                        TestCertificates.pem("hostile", identity).toString(), target);
            };
            forms.areHarmless();
            assertTrue(forms.all().contains(kind), forms::all);
            String json = forms.text("json");
            assertTrue(json.contains("subject t") && json.contains("issuer t"), json);
        }
    }

    @Test
    @Needs(value = {Prerequisite.LINUX, Prerequisite.ROOT, Prerequisite.NETWORK_NAMESPACES},
            commands = {"unshare", "ip", "nft"})
    void a_name_servers_names_and_reasons_are_quoted_and_not_obeyed() throws Exception {
        assertEquals("3 harmless", NamespaceScenes.outside("hostile names", "", Child.class));
    }

    /** Runs with a network of its own, whose name server is hostile. */
    static final class Child {
        private Child() {}

        /** Prints how many runs were harmless. */
        public static void main(String[] args) throws Exception {
            int harmless = 0;
            try (TestDnsServer server = TestDnsServer.on(
                    new InetSocketAddress(Loopback.V4.address(), 53))) {
                server.reply("", DnsReply.noData(""))
                        .reply("alias.shop.test", DnsReply.answer(DnsRecord.alias(LABEL + ".test"))
                                .because(4, TEXT))
                        .reply("none.shop.test", DnsReply.notFound(LABEL).because(15, TEXT))
                        .reply("broken.shop.test", DnsReply.failure(Rcode.SERVFAIL)
                                .because(22, TEXT));
                for (String name : new String[] {"alias", "none", "broken"}) {
                    EveryForm forms = EveryForm.of("--dns-timeout", "2500ms",
                            name + ".shop.test:5432");
                    forms.areHarmless();
                    String json = forms.text("json");
                    assertTrue(json.contains("owned"), json);
                    harmless++;
                }
            }
            System.out.print(harmless + " harmless");
            System.out.flush();
            System.exit(0);
        }
    }
}
