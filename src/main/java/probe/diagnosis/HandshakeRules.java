package probe.diagnosis;

import java.util.List;
import org.jspecify.annotations.Nullable;
import probe.attempt.Attempt;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.PeerState;
import probe.attempt.Phase;
import probe.attempt.TlsFacts;
import probe.attempt.TlsFacts.ClientCertificate;

/** What a TLS handshake tells that failed for another reason than the peer's certificate. */
final class HandshakeRules {
    private static final int CERTIFICATE_REQUIRED = 116;
    private static final int INTERNAL_ERROR = 80;
    private static final int UNRECOGNIZED_NAME = 112;
    private static final int NO_APPLICATION_PROTOCOL = 120;

    private HandshakeRules() {}

    /**
     * A certificate was asked for, none was given, and the handshake was refused. Alert 116 says that this is why
     * (RFC 8446 §6.2); another alert, or a mere end, leaves a doubt.
     */
    static List<Finding> aPeerThatAskedForACertificateAndGotNoneSaysNo(Incident incident) {
        TlsFacts tls = incident.attempt().tls();
        if (!incident.is(Kind.TLS_CLIENT_CERT_REQUIRED) || tls == null) {
            return List.of();
        }
        String issuers = tls.clientIssuers().isEmpty() ? ""
                : " It takes those of " + tls.clientIssuers().size() + " named issuers.";
        if (tls.clientCertificate() == ClientCertificate.GIVEN) {
            return List.of(Finding.points(Side.CLIENT, Locus.CONFIGURATION, "tls",
                    "client-certificate", "given",
                    "The service asked for a client certificate and turned down the one that it was given"
                            + alert(tls) + "." + issuers));
        }
        return List.of(isRequired(tls)
                ? Finding.proves(Side.CLIENT, Locus.CONFIGURATION, "tls", "alert",
                        CERTIFICATE_REQUIRED,
                        "The service says that it wants a client certificate" + alert(tls) + "."
                                + issuers)
                : Finding.points(Side.CLIENT, Locus.CONFIGURATION, "tls", "client-certificate",
                        tls.clientCertificate().id(),
                        "The service asked for a client certificate, got none, and ended"
                                + " the handshake" + alert(tls) + "." + issuers));
    }

    private static boolean isRequired(TlsFacts tls) {
        return tls.alert() != null && tls.alert() == CERTIFICATE_REQUIRED;
    }

    private static String alert(TlsFacts tls) {
        return tls.alert() == null ? "" : " (" + Alerts.spoken(tls.alert()) + ")";
    }

    /** Not a byte was sent: what this client is allowed to offer is empty. */
    static List<Finding> aHandshakeThatNeverBeganFailedHere(Incident incident) {
        return incident.failure().name() == FailureName.TLS_FAILED
                && incident.attempt().bytes().sent() == 0
                && incident.in(Phase.TLS)
                        ? List.of(Finding.proves(Side.CLIENT, Locus.CONFIGURATION, "attempt",
                                "bytes-sent", 0,
                                "Not a byte was sent: this client's own TLS settings leave nothing to offer."))
                        : List.of();
    }

    /**
     * TLS 1.2 is what every implementation must support (RFC 9325 §3.1.1): whoever leaves it out, and finds no common
     * version, is the one to change.
     */
    static List<Finding> whoeverLeavesOutTls12HasNoVersionInCommon(Incident incident) {
        TlsFacts tls = incident.attempt().tls();
        if (!incident.is(Kind.TLS_PROTOCOL_MISMATCH) || tls == null || tls.offered().isEmpty()
                || incident.attempt().bytes().sent() == 0) {
            return List.of();
        }
        String offered = String.join(", ", tls.offered());
        String chosen = tls.protocol() == null ? "" : ", and the service chose " + tls.protocol();
        return List.of(tls.offered().contains("TLSv1.2")
                ? Finding.points(Side.SERVER, Locus.REMOTE_SERVICE, "tls", "offered", tls.offered(),
                        "This client offered " + offered + chosen
                                + ": a service without TLS 1.2 and 1.3 is outdated.")
                : Finding.points(Side.CLIENT, Locus.CONFIGURATION, "tls", "offered", tls.offered(),
                        "This client offered only " + offered + chosen
                                + "; TLS 1.2, which every service must support, was not among them."));
    }

    /** What the peer's alert says of itself or of us, where it says it (RFC 8446 §6.2, RFC 6066 §3, RFC 7301). */
    static List<Finding> whatTheAlertSays(Incident incident) {
        TlsFacts tls = incident.attempt().tls();
        if (!incident.is(Kind.TLS_ALERT) || tls == null || tls.alert() == null) {
            return List.of();
        }
        int alert = tls.alert();
        return switch (alert) {
            case INTERNAL_ERROR -> List.of(Finding.points(Side.SERVER, Locus.REMOTE_SERVICE, "tls",
                    "alert", alert,
                    "The service says that it failed for a reason that has nothing to do with its peer."));
            case UNRECOGNIZED_NAME -> List
                    .of(Finding.suggests(Side.CLIENT, Locus.CONFIGURATION, "tls", "alert", alert,
                            "The service says that it does not serve the name "
                                    + (tls.serverName() == null ? "asked for" : tls.serverName())
                                    + "."));
            case NO_APPLICATION_PROTOCOL -> List.of(Finding.suggests(Side.CLIENT,
                    Locus.CONFIGURATION, "tls", "alert",
                    alert,
                    "The service speaks none of the application protocols that were offered (ALPN)."));
            default -> List.of();
        };
    }

    /** An orderly end is the doing of a program; a reset can be that of a filter on the way. */
    static List<Finding> howTheHandshakeWasEnded(Incident incident) {
        if (!incident.is(Kind.TLS_CLOSED)) {
            return List.of();
        }
        PeerState peer = incident.attempt().conversation().peer();
        long received = incident.attempt().bytes().received();
        boolean beforeHello = peer == PeerState.CLOSED_BEFORE_REQUEST
                || peer == PeerState.RESET_BEFORE_REQUEST;
        String when = beforeHello ? "before this client had said a word"
                : received == 0 ? "in answer to this client's first message, without a byte"
                        : "after " + received + " bytes from the service";
        boolean reset = peer == PeerState.RESET || peer == PeerState.RESET_BEFORE_REQUEST;
        String text = (reset ? "The connection was reset " : "The connection was closed ") + when
                + ".";
        Alternative notTls = new Alternative(Side.CLIENT, Locus.CONFIGURATION,
                "The port speaks another protocol, and hangs up on what it takes for nonsense.",
                "probe tcp://" + incident.facts().target().hostPort() + " with --expect '.'");
        return List.of(reset || incident.isProxied()
                ? Finding.note("attempt", "peer", peer.id(), text, notTls)
                : Finding.suggests(Side.SERVER, Locus.REMOTE_SERVICE, "attempt", "peer", peer.id(),
                        text, notTls));
    }

    /** The same handshake, a second time, on its own connection. */
    static List<Finding> theRawSocketsHandshakeBesideIt(Incident incident) {
        if (!incident.in(Phase.TLS) || incident.isProxied()) {
            return List.of();
        }
        return incident.rawBeside().findFirst().map(HandshakeRules::compared).orElse(List.of());
    }

    private static List<Finding> compared(Attempt raw) {
        if (raw.reached(Phase.TLS)) {
            return List.of(Finding.note("attempt", "raw-socket-tls", "ok",
                    "A raw socket to the same address was done with the handshake: it does not fail every time."));
        }
        @Nullable
        Failure failure = raw.failure();
        return failure == null || failure.phase() != Phase.TLS ? List.of()
                : List.of(Finding.note("attempt", "raw-socket-tls", failure.name().id(),
                        "A raw socket to the same address failed in the handshake too ("
                                + failure.name().id() + ")."));
    }
}
