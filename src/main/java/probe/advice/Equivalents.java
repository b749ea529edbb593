package probe.advice;

import java.util.List;
import probe.profile.TimeoutName;

/**
 * What a limit of this program is called where the user's own client is configured. A table; where a client has no such
 * limit, that is said, because a neighbouring one of another meaning is how wrong limits come about.
 *
 * <p>Sources: Apache HttpClient 5 ({@code ConnectionConfig}, {@code TlsConfig}, {@code RequestConfig}), curl(1), Requests
 * ("Timeouts") and urllib3 ({@code util.Timeout}), Go ({@code net.Dialer}, {@code net/http.Transport},
 * {@code net/http.Client}), undici ({@code Client}, {@code Agent}), which is Node's {@code fetch}.
 */
public final class Equivalents {
    private Equivalents() {}

    /**
     * One client's name for a limit.
     *
     * @param client the client
     * @param setting its setting, or that there is none and what comes nearest
     */
    public record Equivalent(String client, String setting) {}

    /** The names of a limit, this program's profile first. */
    public static List<Equivalent> of(TimeoutName name) {
        return switch (name) {
            case DNS -> list(name,
                    "none; the resolver's own: options timeout: and attempts: in resolv.conf",
                    "none of its own; part of --connect-timeout", "none",
                    "net.Dialer.Timeout, which counts lookup and connect together",
                    "none; part of connect.timeout");
            case CONNECT -> list(name, "ConnectionConfig.setConnectTimeout",
                    "--connect-timeout, which counts lookup, connect and TLS together",
                    "timeout=(CONNECT, read)", "net.Dialer.Timeout",
                    "new Agent({connect: {timeout: MS}})");
            case TLS -> list(name, "TlsConfig.setHandshakeTimeout",
                    "none of its own; part of --connect-timeout",
                    "none of its own; the connect value holds for each wait of the handshake",
                    "http.Transport.TLSHandshakeTimeout",
                    "none of its own; part of connect.timeout");
            case CONNECTION_REQUEST -> list(name, "RequestConfig.setConnectionRequestTimeout",
                    "none; it has no pool to wait for",
                    "none; HTTPAdapter(pool_block=True) waits without a limit",
                    "none of its own; with MaxConnsPerHost the request's context ends the wait",
                    "none; requests queue in the Agent without a limit");
            case SOCKET -> list(name,
                    "ConnectionConfig.setSocketTimeout, or RequestConfig.setResponseTimeout for one request",
                    "none; --speed-limit 1 --speed-time S comes nearest",
                    "timeout=(connect, READ)",
                    "http.Transport.ResponseHeaderTimeout for the head alone; for a gap Conn.SetReadDeadline",
                    "headersTimeout and bodyTimeout");
            case DEADLINE -> list(name, "none; cancel the request from a timer", "--max-time",
                    "none; timeout= is a gap and no total",
                    "http.Client.Timeout, or context.WithTimeout", "AbortSignal.timeout(MS)");
        };
    }

    private static List<Equivalent> list(TimeoutName name, String httpClient, String curl,
            String requests, String go, String node) {
        return List.of(new Equivalent("profile", "timeouts." + name.id()),
                new Equivalent("httpclient5", httpClient), new Equivalent("curl", curl),
                new Equivalent("requests", requests), new Equivalent("go", go),
                new Equivalent("node", node));
    }
}
