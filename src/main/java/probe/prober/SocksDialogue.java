package probe.prober;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import probe.attempt.Excerpt;
import probe.target.Target;

/** The words of SOCKS 5 (RFC 1928), with user name and password where there are some (RFC 1929). */
final class SocksDialogue {
    /** Stands for a refusal before any reply code: no acceptable method, or a wrong password. */
    static final int NOT_ADMITTED = 0xff;

    private static final int VERSION = 5;
    private static final int NO_AUTHENTICATION = 0;
    private static final int PASSWORD = 2;
    private static final int CONNECT = 1;
    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;
    private static final int MAX_FIELD = 255;

    private final ProxyStream proxy;
    private final @Nullable String userInfo;

    SocksDialogue(ProxyStream proxy, @Nullable String userInfo) {
        this.proxy = proxy;
        this.userInfo = userInfo;
    }

    /**
     * Asks for a connection to the target.
     *
     * @param resolved the target's address, or null where the proxy is to look up the name
     */
    ProxyReply ask(Target target, @Nullable InetAddress resolved) throws IOException {
        if (userInfo == null) {
            proxy.write((byte) VERSION, (byte) 1, (byte) NO_AUTHENTICATION);
        } else {
            proxy.write((byte) VERSION, (byte) 2, (byte) NO_AUTHENTICATION, (byte) PASSWORD);
        }
        if (proxy.read() != VERSION) {
            return new ProxyReply.Malformed();
        }
        int method = proxy.read();
        boolean admitted = switch (method) {
            case NO_AUTHENTICATION -> true;
            case PASSWORD -> userInfo != null && authenticate(userInfo);
            default -> false;
        };
        if (!admitted) {
            return refused(NOT_ADMITTED, VERSION, method);
        }
        proxy.write(request(target, resolved));
        return reply();
    }

    private boolean authenticate(String pair) throws IOException {
        int colon = pair.indexOf(':');
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(1);
        field(request, colon < 0 ? pair : pair.substring(0, colon));
        field(request, colon < 0 ? "" : pair.substring(colon + 1));
        proxy.write(request.toByteArray());
        proxy.read();
        return proxy.read() == 0;
    }

    private static byte[] request(Target target, @Nullable InetAddress resolved) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(new byte[] {VERSION, CONNECT, 0});
        if (resolved == null) {
            request.write(NAME);
            field(request, target.host());
        } else {
            byte[] address = resolved.getAddress();
            request.write(address.length == 4 ? IPV4 : IPV6);
            request.writeBytes(address);
        }
        request.write(target.port() >> 8);
        request.write(target.port());
        return request.toByteArray();
    }

    private static void field(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, MAX_FIELD);
        out.write(length);
        out.write(bytes, 0, length);
    }

    private ProxyReply reply() throws IOException {
        if (proxy.read() != VERSION) {
            return new ProxyReply.Malformed();
        }
        int code = proxy.read();
        if (code != 0) {
            return refused(code, VERSION, code);
        }
        proxy.read();
        int type = proxy.read();
        switch (type) {
            case IPV4 -> proxy.skip(4 + 2);
            case IPV6 -> proxy.skip(16 + 2);
            case NAME -> proxy.skip(proxy.read() + 2);
            default -> {
                return new ProxyReply.Malformed();
            }
        }
        return new ProxyReply.Open();
    }

    private static ProxyReply refused(int code, int... said) {
        byte[] bytes = new byte[said.length];
        for (int i = 0; i < said.length; i++) {
            bytes[i] = (byte) said[i];
        }
        return new ProxyReply.Refused(code, null, List.of(), Excerpt.of(bytes));
    }
}
