package probe.evidence.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import probe.evidence.TcpInfo;
import probe.evidence.TcpState;

/**
 * The bytes of {@code struct tcp_info} ({@code uapi/linux/tcp.h}). The structure only ever grew at its end, so the
 * length that the kernel returns says which fields there are; a field that does not fit is null.
 */
final class TcpInfoLayout {
    /** More than any kernel fills: 6.x has 248 bytes. */
    static final int BUFFER_BYTES = 512;

    private static final int STATE = 0;
    private static final int RETRANSMITS = 2;
    private static final int PROBES = 3;
    private static final int RTO = 8;
    private static final int SND_MSS = 16;
    private static final int RCV_MSS = 20;
    private static final int UNACKED = 24;
    private static final int LAST_DATA_SENT = 44;
    private static final int LAST_DATA_RECV = 52;
    private static final int LAST_ACK_RECV = 56;
    private static final int PMTU = 60;
    private static final int RTT = 68;
    private static final int TOTAL_RETRANS = 100;
    private static final int BYTES_ACKED = 120;
    private static final int BYTES_RECEIVED = 128;
    private static final int SEGS_OUT = 136;
    private static final int SEGS_IN = 140;
    private static final int NOTSENT_BYTES = 144;
    private static final int MIN_RTT = 148;
    private static final int BYTES_SENT = 200;
    private static final int BYTES_RETRANS = 208;
    private static final int DSACK_DUPS = 216;
    private static final int RCV_OOOPACK = 224;
    private static final int SND_WND = 228;
    /** What every kernel since 2.6 fills. */
    private static final int MINIMUM = TOTAL_RETRANS + 4;
    /** {@code tcpi_min_rtt} before a measurement: all ones. */
    private static final long NOT_MEASURED = 0xffff_ffffL;

    private final ByteBuffer bytes;

    private TcpInfoLayout(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** The fields in {@code bytes}, or null where they are too short or the state is none that is known. */
    static @Nullable TcpInfo decode(byte[] bytes) {
        if (bytes.length < MINIMUM) {
            return null;
        }
        TcpInfoLayout layout = new TcpInfoLayout(
                ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()));
        TcpState state = TcpState.byNumber(bytes[STATE]).orElse(null);
        return state == null ? null : layout.info(state);
    }

    private TcpInfo info(TcpState state) {
        Long sent = u64(BYTES_SENT);
        Long resent = u64(BYTES_RETRANS);
        return new TcpInfo(state, bytes.get(RETRANSMITS) & 0xff, bytes.get(PROBES) & 0xff,
                required(RTO),
                required(SND_MSS), required(RCV_MSS), required(UNACKED), required(LAST_DATA_SENT),
                required(LAST_DATA_RECV), required(LAST_ACK_RECV), required(PMTU), required(RTT),
                required(TOTAL_RETRANS), acked(u64(BYTES_ACKED), sent, resent, state),
                received(u64(BYTES_RECEIVED), state), u32(SEGS_OUT), u32(SEGS_IN),
                u32(NOTSENT_BYTES),
                measured(u32(MIN_RTT)), sent, resent, u32(DSACK_DUPS), u32(RCV_OOOPACK),
                u32(SND_WND));
    }

    /** Takes off the SYN, and our own FIN once the peer has acknowledged it. */
    private static @Nullable Long acked(@Nullable Long counted, @Nullable Long sent,
            @Nullable Long resent,
            TcpState state) {
        if (counted == null) {
            return null;
        }
        boolean finAcknowledged = state == TcpState.FIN_WAIT_2 || state == TcpState.TIME_WAIT;
        long payload = Math.max(0, counted - 1 - (finAcknowledged ? 1 : 0));
        // Whatever the state, no more payload can have been acknowledged than was ever sent.
        return sent == null || resent == null ? payload
                : Math.min(payload, Math.max(0, sent - resent));
    }

    /** Takes off the peer's FIN. */
    private static @Nullable Long received(@Nullable Long counted, TcpState state) {
        return counted == null ? null : Math.max(0, counted - (state.peerClosed() ? 1 : 0));
    }

    private static @Nullable Long measured(@Nullable Long value) {
        return value == null ? null : value == NOT_MEASURED ? Long.valueOf(0) : value;
    }

    private long required(int offset) {
        return Integer.toUnsignedLong(bytes.getInt(offset));
    }

    private @Nullable Long u32(int offset) {
        return offset + 4 <= bytes.capacity()
                ? Long.valueOf(Integer.toUnsignedLong(bytes.getInt(offset)))
                : null;
    }

    private @Nullable Long u64(int offset) {
        return offset + 8 <= bytes.capacity() ? Long.valueOf(bytes.getLong(offset)) : null;
    }
}
