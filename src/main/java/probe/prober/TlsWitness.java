package probe.prober;

import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import probe.attempt.CertificateFacts;
import probe.attempt.CertificateFault;
import probe.attempt.Excerpt;
import probe.attempt.TlsFacts;
import probe.attempt.TlsFacts.ClientCertificate;

/** Collects what is seen of one handshake while it is made, so that there are facts also when it fails. */
final class TlsWitness {
    /** What became of the peer's certificates. */
    enum Chain {
        /** None came. */
        UNSEEN, ACCEPTED, REFUSED
    }

    private final @Nullable String serverName;
    private final List<String> offered;
    private final TlsRecords records = new TlsRecords();
    private final Set<CertificateFault> faults = EnumSet.noneOf(CertificateFault.class);
    private List<X509Certificate> sent = List.of();
    private Chain chain = Chain.UNSEEN;
    private @Nullable String protocol;
    private @Nullable String cipher;
    private @Nullable String alpn;
    private ClientCertificate client = ClientCertificate.NOT_ASKED;
    private List<String> clientIssuers = List.of();

    /** Of a handshake that asks for this name in its SNI, or for none, and offers these protocols. */
    TlsWitness(@Nullable String serverName, List<String> offered) {
        this.serverName = serverName;
        this.offered = offered;
    }

    /** What came over the wire. */
    TlsRecords records() {
        return records;
    }

    /** The peer's certificates came; nobody has looked at them yet. */
    synchronized void sent(List<X509Certificate> certificates, @Nullable SSLSession session) {
        sent = List.copyOf(certificates);
        session(session);
    }

    /** The peer's certificates have been judged. */
    synchronized void judged(Set<CertificateFault> found, Chain outcome) {
        faults.addAll(found);
        chain = outcome;
    }

    /** The peer asked for a certificate of ours. */
    synchronized void asked(ClientCertificate answer, Principal @Nullable [] issuers) {
        client = client == ClientCertificate.GIVEN ? client : answer;
        List<String> names = new ArrayList<>();
        for (Principal issuer : issuers == null ? new Principal[0] : issuers) {
            names.add(Excerpt.printable(issuer.getName()));
        }
        clientIssuers = List.copyOf(names);
    }

    /** The handshake is done. */
    synchronized void established(SSLSocket socket) {
        session(socket.getSession());
        String chosen = socket.getApplicationProtocol();
        alpn = chosen == null || chosen.isEmpty() ? null : Excerpt.printable(chosen);
    }

    private void session(@Nullable SSLSession session) {
        if (session != null) {
            protocol = session.getProtocol();
            cipher = session.getCipherSuite();
        }
    }

    synchronized Chain chain() {
        return chain;
    }

    synchronized ClientCertificate client() {
        return client;
    }

    /**
     * Everything seen so far.
     *
     * @param alert code of the alert that ended the handshake where the records do not show it, or null
     */
    synchronized TlsFacts facts(@Nullable Integer alert) {
        Integer version = records.version();
        Integer clear = records.fatalAlert();
        return new TlsFacts(serverName,
                protocol != null || version == null ? protocol : TlsVersion.name(version), cipher,
                alpn,
                sent.stream().map(TlsWitness::facts).toList(), List.copyOf(faults),
                clear == null ? alert : clear, client, clientIssuers, offered);
    }

    private static CertificateFacts facts(X509Certificate certificate) {
        return new CertificateFacts(
                Excerpt.printable(certificate.getSubjectX500Principal().getName()),
                Excerpt.printable(certificate.getIssuerX500Principal().getName()),
                certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant(),
                TlsNames.of(certificate).stream().map(Excerpt::printable).toList());
    }
}
