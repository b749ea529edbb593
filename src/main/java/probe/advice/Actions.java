package probe.advice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import probe.advice.Advice.Action;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Incident;
import probe.diagnosis.Side;
import probe.profile.AddressFamily;
import probe.profile.Durations;
import probe.profile.EvidenceLevel;
import probe.profile.HttpSettings;
import probe.profile.Settings;
import probe.profile.TimeoutName;
import probe.profile.TlsSettings;
import probe.target.Scheme;
import probe.target.Target;

/**
 * What each side can do about each kind of fault: a table. Nothing is suggested that the user has already set.
 */
final class Actions {
    private static final String HANGS = "Look at the connection while it hangs: ss -tino dst ";
    /** What no shell takes for anything but itself. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9:/._-]*");
    /** So many times the limit that fired: an answer that takes longer is for nobody who waits for it. */
    private static final int PATIENCE = 6;

    private final Settings settings;
    private final String asked;
    private final boolean hasLogin;
    private final String host;
    private final String where;
    private final String address;
    private final int port;
    private final boolean credentials;

    private Actions(Optional<Incident> incident, Settings settings) {
        Optional<Target> target = incident.map(one -> one.facts().target());
        this.settings = settings;
        this.asked = target.map(Actions::asked).orElse("HOST:PORT");
        this.hasLogin = target.filter(one -> one.userInfo() != null).isPresent();
        this.host = target.map(Target::host).orElse("HOST");
        this.where = target.map(one -> one.hostPort().toString()).orElse("HOST:PORT");
        this.address = incident.map(one -> one.attempt().address()).orElse(host);
        this.port = incident.map(one -> one.attempt().port()).orElse(0);
        this.credentials = target.map(Target::userInfo).isPresent() || settings.http()
                .headers()
                .stream()
                .anyMatch(header -> header.name().toLowerCase(Locale.ROOT).equals("authorization"));
    }

    /** What to do about a fault, the side that has to act first. */
    static List<Action> of(Diagnosis diagnosis, Optional<Incident> incident, Settings settings) {
        Actions actions = new Actions(incident, settings);
        List<Action> all = new ArrayList<>();
        for (String text : actions.client(diagnosis)) {
            all.add(new Action(Side.CLIENT, text));
        }
        for (String text : actions.server(diagnosis)) {
            all.add(new Action(Side.SERVER, text));
        }
        List<Action> first = new ArrayList<>(
                all.stream().filter(one -> one.who() == diagnosis.side()).toList());
        first.addAll(all.stream().filter(one -> one.who() != diagnosis.side()).toList());
        return List.copyOf(first);
    }

    private List<String> client(Diagnosis diagnosis) {
        return switch (diagnosis.kind()) {
            case DNS_NOT_FOUND -> List
                    .of("Check the spelling of " + host + " and its domain: getent hosts " + host
                            + "; resolvectl query " + host);
            case DNS_NO_ADDRESS -> List.of(settings.family() == AddressFamily.ANY
                    ? "Look for address records: dig A " + host + "; dig AAAA " + host
                    : "Try the other address family: drop "
                            + (settings.family() == AddressFamily.IPV6 ? "-6" : "-4"));
            case DNS_SERVER_FAILURE, DNS_REFUSED, DNS_BAD_RESPONSE, DNS_FAILED -> List.of(
                    "Ask another resolver: dig " + host
                            + " @RESOLVER; see which ones are set in /etc/resolv.conf");
            case DNS_TIMEOUT, DNS_UNREACHABLE -> List.of(
                    "See which name servers are set (/etc/resolv.conf, resolvectl status) and whether they answer: dig"
                            + " @SERVER " + host);
            case DNS_BOGUS_ADDRESS -> List.of("Look for " + host
                    + " in /etc/hosts and in the block lists of the resolver: getent hosts "
                    + host);
            case NETWORK_UNREACHABLE -> List.of("Look at the routes: ip route get " + address
                    + "; ip -6 route show default for IPv6");
            case ADDRESS_UNAVAILABLE -> List.of(
                    "Count connections: ss -s; reuse them, or widen net.ipv4.ip_local_port_range");
            case TOO_MANY_OPEN_FILES -> List.of(
                    "Raise the limit (ulimit -n, LimitNOFILE=) and look for descriptors that leak: ls /proc/PID/fd");
            case BLOCKED_LOCALLY -> List.of(
                    "Look at local rules: nft list ruleset; ip route get " + address
                            + "; SELinux or seccomp logs");
            case CONNECTION_REQUEST_TIMEOUT -> List.of(
                    "Enlarge the pool (maxPerRoute, maxTotal) or see that every response is closed");
            case CONNECT_TIMEOUT -> look(
                    "Look at this side's firewall and route: ip route get " + address
                            + "; nft list ruleset");
            case REFUSED -> List
                    .of("Check the port: is " + port + " the one that the service listens on?");
            case HOST_UNREACHABLE -> look(
                    "Look at the neighbours and the route: ip neigh; ip route get " + address);
            case CONNECT_RESET -> look(
                    "Look for a firewall on this side that resets: nft list ruleset");
            case PROXY_CONNECT_TIMEOUT, PROXY_REFUSED, PROXY_UNREACHABLE -> List.of(
                    "Check the proxy's address" + proxyOrigin() + ", or go around it: --noproxy "
                            + host);
            case PROXY_AUTH_REQUIRED -> List.of(hasProxyLogin()
                    ? "The proxy did not accept the login that it was given: check it"
                    : "Give the proxy a login: --proxy http://USER:PASSWORD@PROXY:PORT");
            case PROXY_DENIED -> List
                    .of("Ask whoever runs the proxy why it does not connect to " + where
                            + ", or go around it: --noproxy " + host);
            case TLS_TIMEOUT, TLS_CLOSED -> List
                    .of("See whether the port speaks TLS at all: probe tcp://" + where);
            case TLS_NOT_TLS -> List.of(
                    "Use the scheme that the port speaks, or the port that speaks TLS: http:// for "
                            + "plain HTTP, a --send script with STARTTLS for mail");
            case TLS_CERT_EXPIRED, TLS_CERT_NOT_YET_VALID -> List.of(
                    "Check this machine's clock: date -u; timedatectl; chronyc tracking");
            case TLS_CERT_SELF_SIGNED,
                    TLS_CERT_UNTRUSTED -> List.of(settings.tls().caCertificates() == null
                            ? "If the issuer is known to be good, trust it: --cacert FILE"
                            : "The file given with --cacert does not hold the issuer of this chain: check it");
            case TLS_CERT_NAME_MISMATCH -> List
                    .of("Ask for the service under a name that its certificate has"
                            + (settings.tls().serverName() == null ? ""
                                    : ", and check the server name that is set"));
            case TLS_PROTOCOL_MISMATCH, TLS_CIPHER_MISMATCH -> List.of(
                    "See what is allowed here: tls settings of the profile, jdk.tls.disabledAlgorithms, crypto-policies");
            case TLS_CLIENT_CERT_REQUIRED -> List.of(settings.tls().certificate() == null
                    ? "Give the client certificate: --cert FILE --key FILE"
                    : "The certificate given with --cert is not accepted: check its issuer, its dates and its use");
            case TLS_ALERT -> List
                    .of("Compare with another client: openssl s_client -connect " + where
                            + " -servername " + host);
            case BROKEN_PIPE, RESET, EMPTY_REPLY -> List.of(
                    "Keep idle connections for less time than the far end (timeToLive, validateAfterInactivity)");
            case WRITE_TIMEOUT -> look(HANGS + address);
            case READ_TIMEOUT -> {
                List<String> texts = new ArrayList<>(look(HANGS + address));
                texts.add(1, patiently());
                yield texts;
            }
            case TRUNCATED -> List.of(
                    "Repeat it from another network, and without any box that looks into traffic");
            case PROTOCOL_ERROR -> List
                    .of("Check port and scheme: " + where + " may speak another protocol");
            case UNEXPECTED_REPLY -> List
                    .of("Check what is expected (--expect, --expect-body) against the excerpt");
            case HTTP_BAD_REQUEST, HTTP_CLIENT_ERROR -> List.of(
                    "Check method, path, headers and body against what the service documents");
            case HTTP_UNAUTHORIZED -> List
                    .of(credentials ? "The credentials that were sent are not accepted: check them"
                            : "Send credentials: --header 'Authorization: …'");
            case HTTP_FORBIDDEN -> List.of("Ask for permission for this account, address or path");
            case HTTP_NOT_FOUND -> List.of("Check the path and the host name of the URL");
            case HTTP_REQUEST_TIMEOUT -> List
                    .of("Send the whole request at once, on a fresh connection");
            case HTTP_TOO_LARGE -> List
                    .of("Send less: a smaller body, a shorter URL, fewer headers and cookies");
            case HTTP_RATE_LIMITED -> List.of("Send fewer requests, and keep to Retry-After");
            case HTTP_PROXY_AUTH_REQUIRED -> List
                    .of("Find the proxy that stands there, and set it with a login: --proxy"
                            + " http://USER:PASSWORD@PROXY:PORT");
            case HTTP_UNEXPECTED_STATUS -> List
                    .of("Check what is expected (--expect-status), or the URL");
            case HTTP_REDIRECT -> List
                    .of("Follow the chain in attempts[].http, and ask for where it should end");
            case HTTP_SERVER_ERROR, HTTP_BAD_GATEWAY, HTTP_UNAVAILABLE,
                    HTTP_GATEWAY_TIMEOUT -> List.of(
                            "Tell the operators the time, the URL and the status; spread repeats as the backoff says");
            case DEADLINE_EXCEEDED -> List.of("See in attempts[].phases where the time went");
            case UNCLASSIFIED -> List
                    .of("Report this failure as a defect of probe, with the report");
        };
    }

    /** The same command with these options more: written out where the target is all that it had. */
    private String again(String options) {
        boolean plain = settings.http().equals(HttpSettings.defaults())
                && settings.tls().equals(TlsSettings.defaults())
                && settings.exchange().isEmpty() && settings.pins().isEmpty()
                && settings.proxy() == null && settings.family() == AddressFamily.ANY;
        return plain && !hasLogin ? "probe " + options + " " + asked : "the same with " + options;
    }

    /** The target as a shell takes it. */
    private static String asked(Target target) {
        String url = target.scheme() == Scheme.TCP ? target.hostPort().toString() : target.url();
        return PLAIN.matcher(url).matches() ? url : "'" + url.replace("'", "%27") + "'";
    }

    /** The limits with which a slow answer would be seen to come, and how late. */
    private String patiently() {
        Duration silence = Durations.times(settings.timeouts().socket().value(), PATIENCE);
        return "See how long the answer takes when nothing cuts it: "
                + again(TimeoutName.SOCKET.flag() + " " + Durations.format(silence) + " "
                        + TimeoutName.DEADLINE.flag() + " " + Durations
                                .format(silence.plus(settings.timeouts().deadline().value())));
    }

    /** Where the attempts alone do not tell, looking further does, unless that has been done. */
    private List<String> look(String first) {
        List<String> texts = new ArrayList<>(List.of(first));
        if (settings.controls().isEmpty()) {
            texts.add("Compare with a place known to work: " + again("--control HOST:PORT"));
        }
        if (!settings.evidence().includes(EvidenceLevel.DEEP)) {
            texts.add("Look further: " + again("--evidence deep"));
        }
        return texts;
    }

    private List<String> server(Diagnosis diagnosis) {
        return switch (diagnosis.kind()) {
            case DNS_NOT_FOUND, DNS_NO_ADDRESS,
                    DNS_BOGUS_ADDRESS -> List.of("Check the zone: dig +trace " + host);
            case DNS_SERVER_FAILURE, DNS_BAD_RESPONSE, DNS_FAILED, DNS_REFUSED -> List.of(
                    "Check the zone's name servers and signatures: dig +trace +dnssec " + host);
            case DNS_TIMEOUT, DNS_UNREACHABLE, NETWORK_UNREACHABLE, ADDRESS_UNAVAILABLE,
                    TOO_MANY_OPEN_FILES,
                    BLOCKED_LOCALLY, PROXY_CONNECT_TIMEOUT, PROXY_REFUSED, PROXY_UNREACHABLE,
                    PROXY_AUTH_REQUIRED,
                    HTTP_BAD_REQUEST, HTTP_UNAUTHORIZED, HTTP_CLIENT_ERROR,
                    HTTP_PROXY_AUTH_REQUIRED,
                    HTTP_UNEXPECTED_STATUS, UNCLASSIFIED -> List.of();
            case CONNECTION_REQUEST_TIMEOUT -> List
                    .of("Look at response times: slow answers keep the client's pool empty");
            case CONNECT_TIMEOUT -> List.of("On the host: ss -ltn 'sport = :" + port
                    + "' (Recv-Q at Send-Q means a full accept queue); nft list ruleset; nstat -az TcpExtListenDrops");
            case REFUSED -> List.of("On the host: ss -ltnp 'sport = :" + port
                    + "'; is the service up, and bound to this address?");
            case HOST_UNREACHABLE -> List.of(
                    "See that the host is up and its firewall does not reject: nft list ruleset");
            case CONNECT_RESET -> List.of(
                    "Look at the balancer's health checks and at net.ipv4.tcp_abort_on_overflow on the host");
            case PROXY_DENIED -> List.of("See whether the proxy's connections arrive at " + where);
            case TLS_TIMEOUT, TLS_CLOSED, TLS_ALERT -> List
                    .of("Look at the TLS log of the service at the time of this probe");
            case TLS_NOT_TLS -> List
                    .of("Turn TLS on for port " + port + ", if that is what it is for");
            case TLS_CERT_EXPIRED -> List
                    .of("Renew the certificate, and see that the service was reloaded");
            case TLS_CERT_NOT_YET_VALID -> List.of(
                    "Show the certificate only from its first day on; check the issuer's clock");
            case TLS_CERT_SELF_SIGNED -> List
                    .of("Use a certificate from an issuer that the clients trust");
            case TLS_CERT_UNTRUSTED -> List.of(
                    "Send the whole chain, the intermediate certificates included (the fullchain file)");
            case TLS_CERT_NAME_MISMATCH -> List
                    .of("Show a certificate for " + host + " (subjectAltName; SNI set-up)");
            case TLS_PROTOCOL_MISMATCH, TLS_CIPHER_MISMATCH -> List.of(
                    "Offer TLS 1.2 and 1.3 with the suites of RFC 9325");
            case TLS_CLIENT_CERT_REQUIRED -> List
                    .of("See in the log why the client's certificate was turned down");
            case BROKEN_PIPE, RESET, EMPTY_REPLY, TRUNCATED -> List.of(
                    "Look for a crash, a restart, or a limit on time or size in the log at the time of this probe");
            case WRITE_TIMEOUT -> List
                    .of("See why the service does not read: threads, queue, ss -tn (Recv-Q)");
            case READ_TIMEOUT, DEADLINE_EXCEEDED -> List.of(
                    "See what the service was waiting for: a thread dump, its own calls, ss -ltn (Recv-Q)");
            case PROTOCOL_ERROR, UNEXPECTED_REPLY -> List
                    .of("See what the service sent, and to whom it thought it spoke");
            case HTTP_FORBIDDEN, HTTP_NOT_FOUND -> List
                    .of("See in the gateway's log whether the request reached the service");
            case HTTP_REQUEST_TIMEOUT -> List.of("See how long the service waits for requests");
            case HTTP_TOO_LARGE -> List
                    .of("Raise the limit on size, if such requests are meant to work");
            case HTTP_RATE_LIMITED -> List
                    .of("Answer with Retry-After; see whom the limit counts together");
            case HTTP_REDIRECT -> List.of(
                    "Mend the redirect: see which rule, or what stands before the service, writes this Location");
            case HTTP_SERVER_ERROR -> List
                    .of("Look for the error in the service's log at the time of this probe");
            case HTTP_BAD_GATEWAY, HTTP_GATEWAY_TIMEOUT -> List.of(
                    "From the gateway, see whether the origin answers, and in what time");
            case HTTP_UNAVAILABLE -> List.of(
                    "See load, maintenance mode and the health of the origins; send Retry-After");
        };
    }

    private String proxyOrigin() {
        return settings.proxy() == null ? "" : " (" + settings.proxy().origin().id() + ")";
    }

    private boolean hasProxyLogin() {
        return settings.proxy() != null && settings.proxy().userInfo() != null;
    }
}
