package probe.testing;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** One connection of an HTTP proxy: CONNECT (RFC 9110 §9.3.6) and absolute-form requests (RFC 9112 §3.2.2). */
final class HttpProxyConnection {
    private static final int HTTP_PORT = 80;

    private final TestProxy.Settings settings;
    private final Wire wire;
    private final ConnectionLog log;
    private final EffectRunner effects;
    private final Tunnel tunnel;

    HttpProxyConnection(TestProxy.Settings settings, Wire wire, ConnectionLog log,
            EffectRunner effects, Tunnel tunnel) {
        this.settings = settings;
        this.wire = wire;
        this.log = log;
        this.effects = effects;
        this.tunnel = tunnel;
    }

    void run(TestProxy.Notes notes) throws IOException, InterruptedException {
        Optional<Fault> fault = settings.fault();
        RequestReader reader = new RequestReader(wire, new RequestFraming.Http());
        if (fault.isPresent() && fault.get().moment() == Moment.ON_ACCEPT) {
            apply(fault.get());
            return;
        }
        reader.readHead();
        String head = reader.request().head();
        ProxyRequest request = parse(head);
        notes.note(request);
        log.completed(reader.request());
        if (fault.isPresent()) {
            apply(fault.get());
        } else if (settings.credentials().isPresent()
                && !settings.credentials().equals(request.credentials())) {
            send(HttpAnswer.status(407).header("Proxy-Authenticate", "Basic realm=\"probe test\""));
        } else {
            forward(request, head);
        }
    }

    private void apply(Fault fault) throws IOException, InterruptedException {
        if (effects.run(fault.effect(),
                new Outgoing(wire, settings.reply())) == EffectRunner.Next.EXCHANGE) {
            wire.drain();
        }
    }

    private void forward(ProxyRequest request, String head)
            throws IOException, InterruptedException {
        Optional<InetAddress> address = tunnel.resolve(request.host());
        if (address.isEmpty()) {
            refuse(502, "dns_error");
            return;
        }
        try {
            Socket target = tunnel.connect(address.get(), request.port());
            if (request.command().equals("CONNECT")) {
                wire.write(Payload.latin1("HTTP/1.1 200 Connected\r\n\r\n"));
            } else {
                originForm(head).writeTo(target.getOutputStream());
            }
            tunnel.carry(wire, target);
        } catch (SocketTimeoutException e) {
            refuse(504, "connection_timeout");
        } catch (ConnectException e) {
            refuse(502, "connection_refused");
        } catch (IllegalArgumentException e) {
            refuse(403, "destination_ip_prohibited");
        }
    }

    /** RFC 9209 §2.3 names the errors. */
    private void refuse(int status, String error) throws IOException {
        send(HttpAnswer.status(status)
                .header("Via", "1.1 probe-test-proxy")
                .header("Proxy-Status", "probe-test-proxy; error=" + error));
    }

    private void send(HttpAnswer answer) throws IOException {
        Reply reply = answer.header("Connection", "close").body("the proxy refuses\n").reply();
        new Outgoing(wire, reply).rest();
        wire.finish();
        wire.drain();
    }

    private static ProxyRequest parse(String head) {
        String[] line = head.split(" ", 3);
        String authority = line[0].equals("CONNECT")
                ? line[1]
                : URI.create(line[1]).getRawAuthority();
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        String host = authority.substring(authority.lastIndexOf('@') + 1,
                hasPort ? colon : authority.length()).replace("[", "").replace("]", "");
        int port = hasPort ? Integer.parseInt(authority.substring(colon + 1)) : HTTP_PORT;
        return new ProxyRequest(line[0], host, ProxyRequest.HostKind.of(host), port,
                credentials(head));
    }

    private static Optional<String> credentials(String head) {
        String basic = "proxy-authorization: basic ";
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(basic))
                .map(line -> new String(
                        Base64.getDecoder().decode(line.substring(basic.length()).strip()),
                        StandardCharsets.UTF_8))
                .findFirst();
    }

    /** The request as the target shall see it: path only, without what was meant for the proxy. */
    private static Payload originForm(String head) {
        String[] line = head.substring(0, head.indexOf("\r\n")).split(" ", 3);
        URI uri = URI.create(line[1]);
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String headers = head.lines()
                .skip(1)
                .filter(header -> !header.toLowerCase(Locale.ROOT).startsWith("proxy-"))
                .map(header -> header + "\r\n")
                .collect(Collectors.joining());
        return Payload.latin1(line[0] + " " + path + query + " " + line[2] + "\r\n" + headers);
    }
}
