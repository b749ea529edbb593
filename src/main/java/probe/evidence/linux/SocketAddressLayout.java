package probe.evidence.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The bytes of {@code struct sockaddr_in} and {@code sockaddr_in6} ({@code uapi/linux/in.h}, {@code in6.h}). */
final class SocketAddressLayout {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    /** Room for either. */
    static final int BUFFER_BYTES = 28;

    private static final int V4_BYTES = 16;
    private static final int V6_BYTES = 28;
    private static final int V4_ADDRESS = 4;
    private static final int V6_ADDRESS = 8;
    private static final int V6_SCOPE = 24;

    private SocketAddressLayout() {}

    static int family(InetAddress address) {
        return address instanceof Inet6Address ? AF_INET6 : AF_INET;
    }

    static byte[] encode(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        boolean v6 = ip instanceof Inet6Address;
        byte[] encoded = new byte[v6 ? V6_BYTES : V4_BYTES];
        ByteBuffer bytes = ByteBuffer.wrap(encoded).order(ByteOrder.nativeOrder());
        bytes.putShort((short) family(ip));
        bytes.order(ByteOrder.BIG_ENDIAN).putShort(2, (short) address.getPort());
        bytes.put(v6 ? V6_ADDRESS : V4_ADDRESS, ip.getAddress());
        if (ip instanceof Inet6Address scoped) {
            bytes.order(ByteOrder.nativeOrder()).putInt(V6_SCOPE, scoped.getScopeId());
        }
        return encoded;
    }

    /** Address and port in {@code bytes}, or null for another family; a mapped IPv4 address becomes that. */
    static @Nullable InetSocketAddress decode(byte[] bytes) {
        if (bytes.length < V4_BYTES) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        int family = buffer.getShort(0);
        boolean v6 = family == AF_INET6 && bytes.length >= V6_BYTES;
        if (!v6 && family != AF_INET) {
            return null;
        }
        byte[] address = new byte[v6 ? 16 : 4];
        buffer.get(v6 ? V6_ADDRESS : V4_ADDRESS, address);
        int port = Short.toUnsignedInt(buffer.order(ByteOrder.BIG_ENDIAN).getShort(2));
        return new InetSocketAddress(address(address), port);
    }

    /** The address in 4 or 16 bytes. */
    static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address of " + bytes.length + " bytes", e);
        }
    }

    static MemorySegment segment(Arena arena, InetSocketAddress address) {
        return arena.allocateFrom(ValueLayout.JAVA_BYTE, encode(address));
    }
}
