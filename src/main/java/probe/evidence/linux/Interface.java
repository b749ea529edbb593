package probe.evidence.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import probe.evidence.RouteFacts.Link;

/**
 * A network interface (RTM_GETLINK).
 *
 * @param name its name, or null where it is not told
 * @param link whether it can send
 */
record Interface(@Nullable String name, Link link) {
    static final Interface UNKNOWN = new Interface(null, Link.UNKNOWN);

    private static final int RTM_GETLINK = 18;
    private static final int IFINFO_BYTES = 16;
    private static final int IFINFO_INDEX = 4;
    private static final int IFINFO_FLAGS = 8;
    private static final int IFF_UP = 1;
    private static final int IFF_LOWER_UP = 0x10000;
    private static final int IFLA_IFNAME = 3;
    private static final int IFLA_CARRIER = 33;

    /** The interface with this index; {@link #UNKNOWN} where the kernel does not tell. */
    static Interface of(Netlink netlink, int index) {
        byte[] request = new byte[IFINFO_BYTES];
        ByteBuffer.wrap(request).order(ByteOrder.nativeOrder()).putInt(IFINFO_INDEX, index);
        try {
            return decode(netlink.ask(RTM_GETLINK, request));
        } catch (IOException goneOrForbidden) {
            return UNKNOWN;
        }
    }

    static Interface decode(NetlinkMessage answer) {
        if (answer.length() < IFINFO_BYTES) {
            return UNKNOWN;
        }
        Map<Integer, byte[]> attributes = answer.attributes(IFINFO_BYTES);
        byte[] name = attributes.get(IFLA_IFNAME);
        int flags = answer.buffer().getInt(IFINFO_FLAGS);
        return new Interface(name == null ? null : text(name),
                link(flags, attributes.get(IFLA_CARRIER)));
    }

    private static Link link(int flags, byte @Nullable [] carrier) {
        if ((flags & IFF_UP) == 0) {
            return Link.DOWN;
        }
        boolean carried = carrier == null || carrier.length == 0 ? (flags & IFF_LOWER_UP) != 0
                : carrier[0] != 0;
        return carried ? Link.UP : Link.NO_CARRIER;
    }

    /** Bytes up to the terminating zero. */
    private static String text(byte[] name) {
        int length = 0;
        while (length < name.length && name[length] != 0) {
            length++;
        }
        return new String(name, 0, length, StandardCharsets.UTF_8);
    }
}
