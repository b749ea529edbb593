package probe.lab;

import java.util.List;
import probe.advice.Advice.SafeFor;
import probe.diagnosis.Kind;
import probe.diagnosis.Locus;

/** Handshakes that fail: certificates, versions, silence and resets. */
final class TlsScenarios {
    private TlsScenarios() {}

    static List<Scenario> all() {
        return List.of(
                row("cert-expired", Service.TLS_EXPIRED, Kind.TLS_CERT_EXPIRED).server(
                        Locus.REMOTE_SERVICE)
                        .because("the certificate ended yesterday, and the clock here is right"),
                row("cert-self-signed", Service.TLS_SELF_SIGNED, Kind.TLS_CERT_SELF_SIGNED)
                        .server(Locus.REMOTE_SERVICE)
                        .undecidable()
                        .because(
                                "nobody vouches for the server; or this side was to be told to trust it"),
                row("cert-unknown-ca", Service.TLS_UNKNOWN_CA, Kind.TLS_CERT_UNTRUSTED)
                        .server(Locus.REMOTE_SERVICE)
                        .undecidable()
                        .because(
                                "an unknown authority: the server's choice, or a missing one here"),
                row("cert-missing-intermediate", Service.TLS_MISSING_INTERMEDIATE,
                        Kind.TLS_CERT_UNTRUSTED)
                        .server(Locus.REMOTE_SERVICE)
                        .undecidable()
                        .because(
                                "the server leaves out a certificate; an issuer unknown here looks the same"),
                row("cert-not-yet-valid", Service.TLS_NOT_YET_VALID, Kind.TLS_CERT_NOT_YET_VALID)
                        .server(Locus.REMOTE_SERVICE)
                        .because("the certificate begins tomorrow, and the service's clock agrees"),
                row("cert-other-name", Service.TLS_OTHER_NAME, Kind.TLS_CERT_NAME_MISMATCH)
                        .path(Locus.CONFIGURATION, Locus.REMOTE_SERVICE)
                        .because("asked under a name that the certificate does not have"),
                Scenario.of("cert-asked-by-address", "https://10.77.2.2:8443/")
                        .kind(Kind.TLS_CERT_NAME_MISMATCH)
                        .client(Locus.CONFIGURATION)
                        .undecidable()
                        .because(
                                "asked by its address, which its operators may have forgotten in the certificate"),
                row("client-cert-wanted", Service.TLS_ASKS_CLIENT, Kind.TLS_CLIENT_CERT_REQUIRED)
                        .client(Locus.CONFIGURATION)
                        .because("the server wants a certificate, and none was given"),
                row("no-common-version", Service.TLS_12, Kind.TLS_PROTOCOL_MISMATCH)
                        .with("--tls-min=1.3")
                        .client(Locus.CONFIGURATION)
                        .because("this side was told to refuse the version that the server has"),
                row("handshake-mute", Service.TLS_STALLS, Kind.TLS_TIMEOUT).server(
                        Locus.REMOTE_SERVICE)
                        .because("the service reads the hello and says nothing"),
                row("handshake-frozen", Service.TLS, Kind.TLS_TIMEOUT).frozen()
                        .server(Locus.REMOTE_SERVICE, Locus.REMOTE_HOST)
                        .because("the service's process is stopped"),
                row("handshake-closed", Service.TLS_CLOSES, Kind.TLS_CLOSED).server(
                        Locus.REMOTE_SERVICE)
                        .undecidable()
                        .because(
                                "the service closes at the hello, as one that speaks no TLS would"),
                row("handshake-reset", Service.TLS_RESETS, Kind.TLS_CLOSED, Kind.RESET).server(
                        Locus.REMOTE_SERVICE, Locus.REMOTE_HOST)
                        .undecidable()
                        .because("the service resets at the hello, as a filter on the way might"),
                row("handshake-alert", Service.TLS_INTERNAL_ERROR, Kind.TLS_ALERT).server(
                        Locus.REMOTE_SERVICE)
                        .undecidable()
                        .because(
                                "the service says internal_error, as some do to a name they do not know"),
                row("plaintext-port", Service.TALKS_SSH, Kind.TLS_NOT_TLS)
                        .client(Locus.CONFIGURATION)
                        .undecidable()
                        .because(
                                "TLS was spoken to a port that speaks SSH: a wrong port, or one that has moved"),
                row("tls-then-mute", Service.TLS_MUTE, Kind.READ_TIMEOUT).server(
                        Locus.REMOTE_SERVICE)
                        .safeFor(SafeFor.IDEMPOTENT_ONLY)
                        .because("the handshake is done, the request is read, nothing is said"),
                row("hello-lost", Service.TLS, Kind.TLS_TIMEOUT)
                        .filter(Place.ROUTER2, "forward tcp dport 8443 meta length > 150 drop")
                        .path(Locus.REMOTE_HOST, Locus.REMOTE_SERVICE)
                        .because("the hello is lost on the way"),
                row("hello-reset-by-last-router", Service.TLS, Kind.TLS_CLOSED, Kind.RESET)
                        .filter(Place.ROUTER2,
                                "forward tcp dport 8443 meta length > 150 reject with tcp reset")
                        .path(Locus.REMOTE_HOST, Locus.REMOTE_SERVICE)
                        .because("a router resets in the server's name when it sees the hello"),
                row("certificates-lost", Service.TLS, Kind.TLS_TIMEOUT)
                        .filter(Place.ROUTER2, "forward tcp sport 8443 meta length > 350 drop")
                        .path(Locus.REMOTE_HOST, Locus.REMOTE_SERVICE)
                        .because("large segments of the server's flight are lost"),
                row("hello-kept-in", Service.TLS, Kind.TLS_TIMEOUT)
                        .filter(Place.CLIENT, "output tcp dport 8443 meta length > 150 drop")
                        .client(Locus.LOCAL_HOST)
                        .because("the own firewall keeps the hello in"));
    }

    private static Scenario.Builder row(String id, Service service, Kind kind, Kind... others) {
        return Scenario.of(id, "https://good.test:" + service.port() + "/")
                .with("--connect-timeout=1200ms",
                        "--resolve=good.test:" + service.port() + ":10.77.2.2")
                .kind(kind)
                .orKind(others)
                .safeFor(SafeFor.ANY_METHOD);
    }
}
