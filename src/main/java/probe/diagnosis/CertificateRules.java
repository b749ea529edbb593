package probe.diagnosis;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import probe.attempt.Attempt;
import probe.attempt.CertificateFacts;
import probe.attempt.CertificateFault;
import probe.attempt.Excerpt;
import probe.attempt.HttpFacts;
import probe.attempt.TlsFacts;
import probe.evidence.ServerClock;
import probe.target.HostPort;

/** What a refused chain of certificates tells. */
final class CertificateRules {
    private static final int MAX_NAMES = 8;
    /** The end of the year 9999, the last that a {@code Date} can say. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private CertificateRules() {}

    /** Several faults at once: each is told, because mending the first alone does not help. */
    static List<Finding> allFaultsOfTheChain(Incident incident) {
        TlsFacts tls = incident.attempt().tls();
        if (tls == null || tls.faults().size() < 2 || !isCertificate(incident)) {
            return List.of();
        }
        List<String> faults = tls.faults().stream().map(CertificateFault::id).toList();
        return List.of(Finding.note("tls", "certificate-faults", faults,
                "The chain has " + faults.size() + " faults: " + String.join(", ", faults) + "."));
    }

    /**
     * A second clock decides between a wrong clock here and a certificate out of its dates: the {@code Date} of any
     * answer in this run (RFC 9110 §6.6.1), or of the service itself, asked for no more than that.
     */
    static List<Finding> aSecondClockSettlesTheDates(Incident incident) {
        TlsFacts tls = incident.attempt().tls();
        if (tls == null || tls.chain().isEmpty()
                || !incident.is(Kind.TLS_CERT_EXPIRED, Kind.TLS_CERT_NOT_YET_VALID)) {
            return List.of();
        }
        Optional<Instant> other = dates(incident);
        if (other.isEmpty()) {
            return List.of();
        }
        Instant end = tls.chain()
                .stream()
                .map(CertificateFacts::notAfter)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        Instant begin = tls.chain()
                .stream()
                .map(CertificateFacts::notBefore)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        boolean inside = !other.get().isBefore(begin) && !other.get().isAfter(end);
        String date = other.get().toString();
        return List.of(inside
                ? Finding.points(Side.CLIENT, Locus.LOCAL_HOST, "http", "date", date,
                        "An answer in this run is dated " + date
                                + ", within the certificate's dates: it is this machine's clock that is off.",
                        new Alternative(Side.SERVER, Locus.REMOTE_SERVICE,
                                "The service's clock is off, and its certificate with it.",
                                SETTLE_CLOCK))
                : Finding.proves(Side.SERVER, Locus.REMOTE_SERVICE, "http", "date", date,
                        "An answer in this run is dated " + date
                                + ", outside the certificate's dates: two clocks agree."));
    }

    private static Optional<Instant> dates(Incident incident) {
        return Stream.concat(
                incident.facts()
                        .attempts()
                        .stream()
                        .map(Attempt::http)
                        .flatMap(
                                CertificateRules::date),
                incident.facts()
                        .observed(ServerClock.class)
                        .map(clock -> Instant.ofEpochSecond(
                                Math.clamp(clock.epochSeconds(), 0, LAST_SECOND))))
                .findFirst();
    }

    private static Stream<Instant> date(@Nullable HttpFacts http) {
        return http == null ? Stream.empty() : HttpDate.clock(http).stream();
    }

    /** A clock that is wrong by more than the slack of renewal is rarer than a certificate that was forgotten. */
    static List<Finding> anExpiredCertificateWasForgottenMoreOftenThanAClockIsFast(
            Incident incident) {
        // Where there is a second clock, that is the one to go by.
        return incident.is(Kind.TLS_CERT_EXPIRED) && dates(incident).isEmpty()
                ? List.of(Finding.points(Side.SERVER, Locus.REMOTE_SERVICE, "tls", "not-after",
                        firstToEnd(incident).map(one -> one.notAfter().toString())
                                .orElse("unknown"),
                        "The service still shows a certificate whose time is over.", clock()))
                : List.of();
    }

    /** The certificate of the chain that ends first: from then on the whole chain is refused (RFC 5280 §6.1.3). */
    static Optional<CertificateFacts> firstToEnd(Incident incident) {
        TlsFacts tls = incident.attempt().tls();
        return tls == null ? Optional.empty()
                : tls.chain().stream().min(Comparator.comparing(CertificateFacts::notAfter));
    }

    /** Issuers date certificates back, not forward: a certificate "not yet valid" makes one's own clock suspect. */
    static List<Finding> aCertificateFromTheFutureMakesTheClockSuspect(Incident incident) {
        return incident.is(Kind.TLS_CERT_NOT_YET_VALID) && dates(incident).isEmpty()
                ? List.of(Finding.suggests(Side.CLIENT, Locus.LOCAL_HOST, "tls", "not-before",
                        incident.leaf().map(leaf -> leaf.notBefore().toString()).orElse("unknown"),
                        "Issuers do not date certificates forward: this machine's clock may be slow.",
                        new Alternative(Side.SERVER, Locus.REMOTE_SERVICE,
                                "The certificate was installed before its time.", SETTLE_CLOCK)))
                : List.of();
    }

    private static final String SETTLE_CLOCK = "date -u here against a clock that is known to be right"
            + " (chronyc tracking, timedatectl)";

    private static Alternative clock() {
        return new Alternative(Side.CLIENT, Locus.LOCAL_HOST, "The clock of this machine is fast.",
                SETTLE_CLOCK);
    }

    /** What nobody but the service itself vouches for is not made for clients that do not know it. */
    static List<Finding> aSelfSignedCertificateIsTheServicesChoice(Incident incident) {
        return incident.is(Kind.TLS_CERT_SELF_SIGNED)
                ? List.of(Finding.points(Side.SERVER, Locus.REMOTE_SERVICE, "tls", "issuer",
                        issuer(incident),
                        "The service shows a certificate that nobody else vouches for.",
                        new Alternative(Side.CLIENT, Locus.CONFIGURATION,
                                "The certificate is the right one, and this client was not told to trust it.",
                                "compare its fingerprint with the one that the operators publish, then --cacert FILE")))
                : List.of();
    }

    /**
     * One certificate with an issuer that is not known here: the service leaves out its intermediate (RFC 8446 §4.4.2
     * has it send the whole chain), or its issuer is one that this client does not know. The chain looks the same.
     */
    static List<Finding> aChainOfOneLacksItsIssuerHereOrThere(Incident incident) {
        TlsFacts tls = incident.attempt().tls();
        if (!incident.is(Kind.TLS_CERT_UNTRUSTED) || tls == null
                || !tls.faults().contains(CertificateFault.UNKNOWN_ISSUER)) {
            return List.of();
        }
        int length = tls.chain().size();
        String text = length == 1
                ? "The chain is the service's own certificate alone: either its intermediate is not sent, or its issuer is"
                        + " not known here; from here the two look the same."
                : "The chain has " + length
                        + " certificates, and its last issuer is not known here.";
        return List.of(Finding.note("tls", "chain-length", length, text,
                new Alternative(Side.CLIENT, Locus.CONFIGURATION,
                        "The issuer is a private one, to be given with --cacert"
                                + " FILE.",
                        "the operators' word on who signs their certificates"),
                new Alternative(Side.SERVER, Locus.REMOTE_SERVICE,
                        "The service does not send its intermediate certificate.",
                        "openssl s_client -showcerts -connect "
                                + incident.facts().target().hostPort()
                                + ": is the issuer of the first certificate there?")));
    }

    /** Keys, signatures and uses are chosen by whoever has the certificate made. */
    static List<Finding> aWeakOrMisusedCertificateIsTheServices(Incident incident) {
        TlsFacts tls = incident.attempt().tls();
        if (!incident.is(Kind.TLS_CERT_UNTRUSTED) || tls == null) {
            return List.of();
        }
        return tls.faults()
                .stream()
                .filter(fault -> fault == CertificateFault.WEAK
                        || fault == CertificateFault.WRONG_USAGE)
                .findFirst()
                .map(fault -> List.of(Finding.points(Side.SERVER, Locus.REMOTE_SERVICE, "tls",
                        "certificate-fault",
                        fault.id(), "The certificate was made " + (fault == CertificateFault.WEAK
                                ? "with a key or signature that is too weak for this client."
                                : "for another use than this."))))
                .orElse(List.of());
    }

    /** What it is for, so that the right name can be seen at once; an address is seldom among the names. */
    static List<Finding> theNamesOfTheCertificate(Incident incident) {
        if (!incident.is(Kind.TLS_CERT_NAME_MISMATCH)) {
            return List.of();
        }
        List<String> names = incident.leaf().map(CertificateFacts::names).orElse(List.of());
        List<String> shown = names.stream().limit(MAX_NAMES).map(Excerpt::printable).toList();
        String text = shown.isEmpty() ? "It names nobody (no subject alternative name)."
                : "It is for " + String.join(", ", shown)
                        + (names.size() > MAX_NAMES ? " and others." : ".");
        String host = incident.facts().target().host();
        boolean literal = HostPort.isAddressLiteral(host);
        return List.of(literal
                ? Finding.points(Side.CLIENT, Locus.CONFIGURATION, "tls", "certificate-names",
                        shown,
                        "It was asked for by address. " + text)
                : Finding.note("tls", "certificate-names", shown, text));
    }

    private static boolean isCertificate(Incident incident) {
        return incident.is(Kind.TLS_CERT_EXPIRED, Kind.TLS_CERT_NOT_YET_VALID,
                Kind.TLS_CERT_SELF_SIGNED,
                Kind.TLS_CERT_UNTRUSTED, Kind.TLS_CERT_NAME_MISMATCH);
    }

    private static String issuer(Incident incident) {
        return incident.leaf().map(leaf -> Excerpt.printable(leaf.issuer())).orElse("unknown");
    }
}
