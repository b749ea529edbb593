package probe.prober;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Properties;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;
import probe.profile.Header;
import probe.profile.HttpSettings;
import probe.profile.ProxySettings;
import probe.target.Target;

/** Writes the request that the settings ask for. */
final class HttpRequests {
    private static final String AGENT = "probe/" + version();

    private HttpRequests() {}

    /** The request for a target; the body is streamed when it is sent. */
    static ClassicHttpRequest of(Target target, ProbeContext context, @Nullable InputStream input) {
        HttpSettings settings = context.settings().http();
        BasicClassicHttpRequest request = new BasicClassicHttpRequest(
                settings.method(), target.scheme().id(), authority(target), target.path());
        for (Header header : settings.headers()) {
            if (!followsFromBody(header.name())) {
                request.addHeader(header.name(), header.value());
            }
        }
        addUnlessGiven(request, HttpHeaders.USER_AGENT, AGENT);
        addUnlessGiven(request, HttpHeaders.ACCEPT, "*/*");
        if (target.userInfo() != null) {
            addUnlessGiven(request, HttpHeaders.AUTHORIZATION, basic(target.userInfo()));
        }
        ProxySettings proxy = context.settings().proxy();
        if (proxy != null && proxy.userInfo() != null && !ProxyTunnel.isNeeded(proxy, target)) {
            addUnlessGiven(request, HttpHeaders.PROXY_AUTHORIZATION, basic(proxy.userInfo()));
        }
        HttpBody body = HttpBody.of(settings.body(), input, context.deadline());
        if (body != null) {
            request.setEntity(body);
            if (settings.method().equals("OPTIONS")) {
                // RFC 9110 §9.3.7: content of an OPTIONS request needs a type.
                addUnlessGiven(request, HttpHeaders.CONTENT_TYPE, "application/octet-stream");
            }
        }
        return request;
    }

    /** The length and framing of the body are the transport's to say. */
    private static boolean followsFromBody(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("content-length") || lower.equals("transfer-encoding");
    }

    /** Whether a field is about one HTTP/1.1 connection, and malformed in HTTP/2 (RFC 9113 §8.2.2). */
    static boolean isConnectionSpecific(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade",
                    "host", "te" -> true;
            default -> false;
        };
    }

    private static void addUnlessGiven(BasicClassicHttpRequest request, String name, String value) {
        if (!request.containsHeader(name)) {
            request.addHeader(name, value);
        }
    }

    /** For the Host field: without the scheme's own port (RFC 9110 §4.2.3) and without a zone (RFC 6874 §4). */
    private static URIAuthority authority(Target target) {
        int zone = target.host().indexOf('%');
        String host = zone < 0 ? target.host() : target.host().substring(0, zone);
        return new URIAuthority(
                host, target.port() == target.scheme().defaultPort() ? -1 : target.port());
    }

    /** The value of an Authorization field (RFC 7617 §2), in UTF-8. */
    static String basic(String userInfo) {
        String pair = userInfo.indexOf(':') < 0 ? userInfo + ":" : userInfo;
        return "Basic "
                + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code probe/VERSION}. */
    static String agent() {
        return AGENT;
    }

    private static String version() {
        Properties properties = new Properties();
        try (@Nullable
        InputStream in = HttpRequests.class.getResourceAsStream("/probe/build.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "unknown");
    }
}
