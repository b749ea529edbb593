package probe.evidence.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One netlink message ({@code uapi/linux/netlink.h}): a type and what follows the 16-byte header. */
final class NetlinkMessage {
    static final int ERROR = 2;
    static final int DONE = 3;
    /** {@code NLM_F_REQUEST}. */
    static final int REQUEST = 1;
    /** {@code NLM_F_ROOT | NLM_F_MATCH}: everything, not one. */
    static final int DUMP = 0x300;

    private static final int HEADER_BYTES = 16;
    private static final int ATTRIBUTE_HEADER_BYTES = 4;
    /** The two top bits of an attribute's type are flags ({@code NLA_TYPE_MASK}). */
    private static final int ATTRIBUTE_TYPE = 0x3fff;

    private final int type;
    private final byte[] payload;

    private NetlinkMessage(int type, byte[] payload) {
        this.type = type;
        this.payload = payload;
    }

    /** What it is: {@link #ERROR} and {@link #DONE} are the kernel's own, the rest depends on the protocol. */
    int type() {
        return type;
    }

    /** How many bytes follow the header. */
    int length() {
        return payload.length;
    }

    /** A request with its header, as it is sent. */
    static byte[] request(int type, int flags, byte[] payload) {
        byte[] bytes = new byte[HEADER_BYTES + payload.length];
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.nativeOrder())
                .putInt(bytes.length)
                .putShort((short) type)
                .putShort((short) flags)
                .putInt(1)
                .putInt(0)
                .put(payload);
        return bytes;
    }

    /** The messages in one datagram; a length that leads nowhere ends the list. */
    static List<NetlinkMessage> parse(byte[] datagram) {
        List<NetlinkMessage> messages = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(datagram).order(ByteOrder.nativeOrder());
        int at = 0;
        while (at + HEADER_BYTES <= datagram.length) {
            int length = bytes.getInt(at);
            if (length < HEADER_BYTES || at + length > datagram.length) {
                break;
            }
            byte[] payload = new byte[length - HEADER_BYTES];
            bytes.get(at + HEADER_BYTES, payload);
            messages.add(new NetlinkMessage(Short.toUnsignedInt(bytes.getShort(at + 4)), payload));
            at += aligned(length);
        }
        return messages;
    }

    /** The error number of an {@link #ERROR} message; 0 is an acknowledgement. */
    int errno() {
        return payload.length < 4 ? 0 : -buffer().getInt(0);
    }

    /** The payload, in this machine's byte order. */
    ByteBuffer buffer() {
        return ByteBuffer.wrap(payload).order(ByteOrder.nativeOrder());
    }

    /** The attributes after the first {@code fixed} bytes of the payload, by type; the last of a type wins. */
    Map<Integer, byte[]> attributes(int fixed) {
        Map<Integer, byte[]> attributes = new HashMap<>();
        ByteBuffer bytes = buffer();
        int at = fixed;
        while (at + ATTRIBUTE_HEADER_BYTES <= payload.length) {
            int length = Short.toUnsignedInt(bytes.getShort(at));
            if (length < ATTRIBUTE_HEADER_BYTES || at + length > payload.length) {
                break;
            }
            byte[] value = new byte[length - ATTRIBUTE_HEADER_BYTES];
            bytes.get(at + ATTRIBUTE_HEADER_BYTES, value);
            attributes.put(bytes.getShort(at + 2) & ATTRIBUTE_TYPE, value);
            at += aligned(length);
        }
        return attributes;
    }

    private static int aligned(int length) {
        return (length + 3) & ~3;
    }
}
