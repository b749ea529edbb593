package probe.evidence.linux;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import probe.evidence.RouteFacts;
import probe.evidence.RouteFacts.Kind;
import probe.evidence.RouteFacts.Link;
import probe.target.AddressText;

/**
 * The route that the kernel would choose for an address ({@code rtnetlink}(7)).
 *
 * <p>Costs 20 µs, the state of the interface included. Needs netlink; else it throws.
 */
public final class RouteTable {
    private static final int RTM_GETROUTE = 26;
    private static final int RTM_BYTES = 12;
    private static final int RTM_TYPE = 7;
    private static final int RTA_DST = 1;
    private static final int RTA_OIF = 4;
    private static final int RTA_GATEWAY = 5;
    private static final int RTA_PREFSRC = 7;
    /** A gateway of the other family: {@code struct rtvia}, two bytes of family before the address. */
    private static final int RTA_VIA = 18;

    private RouteTable() {}

    /**
     * The route to an address; one that does not exist is an answer too, with its error number.
     *
     * @throws IOException when the kernel cannot be asked
     */
    public static RouteFacts to(InetAddress destination) throws IOException {
        try (Netlink netlink = Netlink.open(Netlink.ROUTE)) {
            NetlinkMessage answer = netlink.ask(RTM_GETROUTE, request(destination));
            Map<Integer, byte[]> attributes = answer.attributes(RTM_BYTES);
            Integer index = number(attributes.get(RTA_OIF));
            Interface out = index == null ? Interface.UNKNOWN : Interface.of(netlink, index);
            return decode(destination, answer, out);
        } catch (ErrnoException refused) {
            return none(destination, refused.errno());
        }
    }

    /** {@code struct rtmsg} and the destination. */
    static byte[] request(InetAddress destination) {
        byte[] address = destination.getAddress();
        int scope = destination instanceof Inet6Address scoped ? scoped.getScopeId() : 0;
        byte[] request = new byte[RTM_BYTES + 4 + address.length + (scope == 0 ? 0 : 8)];
        ByteBuffer bytes = ByteBuffer.wrap(request).order(ByteOrder.nativeOrder());
        bytes.put(0, (byte) SocketAddressLayout.family(destination));
        bytes.put(1, (byte) (address.length * Byte.SIZE));
        bytes.putShort(RTM_BYTES, (short) (4 + address.length));
        bytes.putShort(RTM_BYTES + 2, (short) RTA_DST);
        bytes.put(RTM_BYTES + 4, address);
        if (scope != 0) {
            int at = RTM_BYTES + 4 + address.length;
            bytes.putShort(at, (short) 8).putShort(at + 2, (short) RTA_OIF).putInt(at + 4, scope);
        }
        return request;
    }

    static RouteFacts decode(InetAddress destination, NetlinkMessage answer, Interface out) {
        // RTN_* of uapi/linux/rtnetlink.h.
        int type = answer.buffer().get(RTM_TYPE);
        int errno = switch (type) {
            case 6 -> 22;
            case 7 -> 113;
            case 8 -> 13;
            default -> 0;
        };
        if (errno != 0) {
            return none(destination, errno);
        }
        Map<Integer, byte[]> attributes = answer.attributes(RTM_BYTES);
        Kind kind = type == 1 ? Kind.REMOTE : type == 2 ? Kind.OWN : Kind.SPECIAL;
        return new RouteFacts(AddressText.of(destination), 0, kind, out.name(),
                gateway(attributes), literal(attributes.get(RTA_PREFSRC)), out.link());
    }

    private static RouteFacts none(InetAddress destination, int errno) {
        return new RouteFacts(AddressText.of(destination), errno, Kind.NONE, null, null, null,
                Link.UNKNOWN);
    }

    private static @Nullable String gateway(Map<Integer, byte[]> attributes) {
        byte[] via = attributes.get(RTA_VIA);
        return via == null || via.length < 6 ? literal(attributes.get(RTA_GATEWAY))
                : literal(Arrays.copyOfRange(via, 2, via.length));
    }

    static @Nullable String literal(byte @Nullable [] address) {
        return address == null || address.length != 4 && address.length != 16 ? null
                : AddressText.of(SocketAddressLayout.address(address));
    }

    static @Nullable Integer number(byte @Nullable [] value) {
        return value == null || value.length < 4 ? null
                : Integer.valueOf(ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).getInt());
    }
}
