package probe.fuzz;

import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;
import probe.testing.Payload;
import probe.testing.ServerTls;
import probe.testing.TestCertificate;
import probe.testing.TestCertificates;

/** What a true TLS server says to a ClientHello, up to where it waits for the client again. */
final class TlsFlights {
    private static final List<TestCertificate> SHOWN = List.of(TestCertificate.VALID,
            TestCertificate.VALID_CHAIN, TestCertificate.EXPIRED, TestCertificate.SELF_SIGNED,
            TestCertificate.WRONG_NAME, TestCertificate.EXPIRED_INTERMEDIATE);

    private TlsFlights() {}

    /** Of a server of the family's version, with a certificate taken at random. */
    static byte[] of(Family family, byte[] clientHello, RandomGenerator random)
            throws IOException {
        ServerTls server = TestCertificates.serverTls(SHOWN.get(random.nextInt(SHOWN.size())))
                .protocols(family == Family.TLS12_FLIGHT ? "TLSv1.2" : "TLSv1.3");
        if (random.nextInt(4) == 0) {
            server = server.asking(ServerTls.ClientAuth.NEED);
        }
        return server.firstFlight(Payload.of(clientHello)).bytes();
    }
}
