package probe.testing;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;

/** One connection of a SOCKS 5 proxy (RFC 1928), with user name and password (RFC 1929) if told so. */
final class SocksProxyConnection {
    private static final int VERSION = 5;
    private static final int NO_AUTHENTICATION = 0;
    private static final int USER_AND_PASSWORD = 2;
    private static final int NONE_ACCEPTABLE = 0xff;

    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;

    private static final int SUCCEEDED = 0;
    private static final int NOT_ALLOWED = 2;
    private static final int HOST_UNREACHABLE = 4;
    private static final int REFUSED = 5;

    private final TestProxy.Settings settings;
    private final Wire wire;
    private final EffectRunner effects;
    private final Tunnel tunnel;

    SocksProxyConnection(TestProxy.Settings settings, Wire wire, EffectRunner effects,
            Tunnel tunnel) {
        this.settings = settings;
        this.wire = wire;
        this.effects = effects;
        this.tunnel = tunnel;
    }

    /** The bytes that refuse a request (RFC 1928 §6). */
    static Payload refusal(int code) {
        return reply(code);
    }

    /** The bytes that accept none of the client's methods (RFC 1928 §3). */
    static Payload noAcceptableMethod() {
        return method(NONE_ACCEPTABLE);
    }

    void run(TestProxy.Notes notes) throws IOException, InterruptedException {
        if (faultAt(Moment.ON_ACCEPT)) {
            return;
        }
        byte[] methods = greeting();
        if (faultAt(Moment.AFTER_REQUEST_HEAD)) {
            return;
        }
        int wanted = settings.credentials().isPresent() ? USER_AND_PASSWORD : NO_AUTHENTICATION;
        if (Payload.of(methods).text().indexOf(wanted) < 0) {
            refuse(noAcceptableMethod());
            return;
        }
        wire.write(method(wanted));
        Optional<String> credentials = wanted == USER_AND_PASSWORD
                ? Optional.of(userAndPassword())
                : Optional.empty();
        if (!credentials.equals(settings.credentials())) {
            refuse(Payload.hex("01 01"));
            return;
        }
        ProxyRequest request = request(credentials);
        notes.note(request);
        if (!faultAt(Moment.AFTER_REQUEST)) {
            forward(request);
        }
    }

    private boolean faultAt(Moment moment) throws IOException, InterruptedException {
        Optional<Fault> fault = settings.fault().filter(any -> any.moment() == moment);
        if (fault.isPresent()) {
            Outgoing reply = new Outgoing(wire, settings.reply());
            if (effects.run(fault.get().effect(), reply) == EffectRunner.Next.EXCHANGE) {
                wire.drain();
            }
        }
        return fault.isPresent();
    }

    private byte[] greeting() throws IOException {
        expect(VERSION);
        return bytes(wire.read());
    }

    private String userAndPassword() throws IOException {
        expect(1);
        String user = Payload.of(bytes(wire.read())).text();
        String password = Payload.of(bytes(wire.read())).text();
        String both = user + ":" + password;
        if (settings.credentials().equals(Optional.of(both))) {
            wire.write(Payload.hex("01 00"));
        }
        return both;
    }

    private ProxyRequest request(Optional<String> credentials) throws IOException {
        expect(VERSION);
        expect(1);
        expect(0);
        int type = wire.read();
        String host = switch (type) {
            case IPV4 -> InetAddress.getByAddress(bytes(4)).getHostAddress();
            case IPV6 -> InetAddress.getByAddress(bytes(16)).getHostAddress();
            case NAME -> Payload.of(bytes(wire.read())).text();
            default -> throw new IOException("address type " + type);
        };
        ProxyRequest.HostKind kind = switch (type) {
            case IPV4 -> ProxyRequest.HostKind.IPV4;
            case IPV6 -> ProxyRequest.HostKind.IPV6;
            default -> ProxyRequest.HostKind.NAME;
        };
        int port = wire.read() << 8 | wire.read();
        return new ProxyRequest("CONNECT", host, kind, port, credentials);
    }

    private void forward(ProxyRequest request) throws IOException, InterruptedException {
        Optional<InetAddress> address = tunnel.resolve(request.host());
        if (address.isEmpty()) {
            refuse(reply(HOST_UNREACHABLE));
            return;
        }
        try {
            Socket target = tunnel.connect(address.get(), request.port());
            wire.write(reply(SUCCEEDED));
            tunnel.carry(wire, target);
        } catch (ConnectException e) {
            refuse(reply(REFUSED));
        } catch (SocketTimeoutException e) {
            refuse(reply(HOST_UNREACHABLE));
        } catch (IllegalArgumentException e) {
            refuse(reply(NOT_ALLOWED));
        }
    }

    private void refuse(Payload bytes) throws IOException {
        wire.write(bytes);
        wire.close();
    }

    private void expect(int value) throws IOException {
        int read = wire.read();
        if (read != value) {
            throw new IOException("not SOCKS 5: " + read + " in place of " + value);
        }
    }

    private byte[] bytes(int count) throws IOException {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) wire.read();
        }
        return bytes;
    }

    private static Payload method(int number) {
        return Payload.of(new byte[] {VERSION, (byte) number});
    }

    /** Bound address 0.0.0.0:0, which no client looks at. */
    private static Payload reply(int code) {
        return Payload.of(new byte[] {VERSION, (byte) code, 0, IPV4, 0, 0, 0, 0, 0, 0});
    }
}
