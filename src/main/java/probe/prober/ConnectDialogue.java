package probe.prober;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;
import probe.attempt.Excerpt;
import probe.target.HostPort;

/** The CONNECT method of HTTP (RFC 9110 §9.3.6). */
final class ConnectDialogue {
    /** A head longer than this is refused. */
    private static final int MAX_HEAD = 64 * 1024;

    private static final Pattern STATUS_LINE = Pattern.compile("(HTTP/\\d\\.\\d) (\\d{3})(?: .*)?");

    private final ProxyStream proxy;
    private final @Nullable String userInfo;

    ConnectDialogue(ProxyStream proxy, @Nullable String userInfo) {
        this.proxy = proxy;
        this.userInfo = userInfo;
    }

    /** Asks for a connection to the target. */
    ProxyReply ask(HostPort target) throws IOException {
        String credentials = userInfo == null
                ? ""
                : "Proxy-Authorization: " + HttpRequests.basic(userInfo) + "\r\n";
        String request = "CONNECT " + target + " HTTP/1.1\r\n"
                + "Host: " + target + "\r\n"
                + "User-Agent: " + HttpRequests.agent() + "\r\n"
                + credentials
                + "\r\n";
        proxy.write(request.getBytes(StandardCharsets.US_ASCII));
        ProxyReply reply = read();
        while (reply instanceof ProxyReply.Refused refused && refused.status() < 200) {
            reply = read();
        }
        return reply;
    }

    private ProxyReply read() throws IOException {
        List<String> lines = new ArrayList<>();
        int total = 0;
        for (String line = line(); !line.isEmpty() || lines.isEmpty(); line = line()) {
            lines.add(line);
            total += line.length() + 2;
            if (lines.size() == 1 && !STATUS_LINE.matcher(line).matches() || total > MAX_HEAD) {
                return new ProxyReply.Malformed();
            }
        }
        Matcher status = STATUS_LINE.matcher(lines.getFirst());
        if (!status.matches()) {
            return new ProxyReply.Malformed();
        }
        int code = Integer.parseInt(status.group(2));
        if (code >= 200 && code < 300) {
            return new ProxyReply.Open();
        }
        String body = code < 200 ? "" : proxy.lineSoon(isChunked(lines));
        return new ProxyReply.Refused(code, status.group(1), HttpHeadFacts.selected(headers(lines)),
                Excerpt.of((lines.getFirst() + (body.isEmpty() ? "" : "\n" + body))
                        .getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static boolean isChunked(List<String> lines) {
        return lines.stream()
                .anyMatch(line -> line.toLowerCase(Locale.ROOT)
                        .matches("transfer-encoding:.*chunked.*"));
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = proxy.read(); next != '\n'; next = proxy.read()) {
            line.write(next);
            if (line.size() > MAX_HEAD) {
                break;
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    private static org.apache.hc.core5.http.Header[] headers(List<String> lines) {
        return lines.stream()
                .skip(1)
                .filter(line -> line.indexOf(':') > 0)
                .map(
                        line -> new BasicHeader(
                                line.substring(0, line.indexOf(':')).strip(),
                                line.substring(line.indexOf(':') + 1).strip()))
                .toArray(org.apache.hc.core5.http.Header[]::new);
    }
}
