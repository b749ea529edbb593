package probe.evidence.linux;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import probe.evidence.SocketQueues;
import probe.evidence.SocketQueues.Timer;
import probe.evidence.TcpState;

/**
 * TCP sockets of this network namespace as {@code /proc/self/net/tcp} and {@code tcp6} list them: what is left where
 * netlink is forbidden.
 *
 * <p>Costs 5 ms for each of the two files, and 50 ms with 20,000 sockets: they walk the kernel's whole hash table.
 */
public final class ProcSocketTable {
    private static final int STATE = 3;
    private static final int QUEUES = 4;
    private static final int TIMER = 5;
    private static final int RETRANSMITS = 6;
    private static final int PROBES = 8;
    private static final int INODE = 9;
    private static final int COLUMNS = 10;

    private ProcSocketTable() {}

    /** Every socket; empty where the files cannot be read. */
    public static List<DiagEntry> read(Proc proc) {
        List<DiagEntry> entries = new ArrayList<>();
        for (String file : List.of("self/net/tcp", "self/net/tcp6")) {
            for (String line : proc.lines(file)) {
                DiagEntry entry = parse(line);
                if (entry != null) {
                    entries.add(entry);
                }
            }
        }
        return entries;
    }

    /** One row, or null for the heading and for what cannot be read. */
    static @Nullable DiagEntry parse(String line) {
        String[] columns = line.strip().split("\\s+", -1);
        if (columns.length < COLUMNS || !columns[0].endsWith(":")) {
            return null;
        }
        try {
            TcpState state = TcpState.byNumber(Integer.parseInt(columns[STATE], 16)).orElse(null);
            if (state == null) {
                return null;
            }
            String[] queues = columns[QUEUES].split(":", -1);
            Timer timer = Timer.byNumber(Integer.parseInt(columns[TIMER].split(":", -1)[0], 16));
            int count = timer == Timer.RETRANSMIT ? Integer.parseInt(columns[RETRANSMITS], 16)
                    : Integer.parseInt(columns[PROBES]);
            return new DiagEntry(end(columns[1]), end(columns[2]), state,
                    new SocketQueues(timer, count, Long.parseLong(queues[1], 16),
                            Long.parseLong(queues[0], 16)),
                    Long.parseLong(columns[INODE]), null);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException unknownFormat) {
            return null;
        }
    }

    /** {@code 0100007F:1F90}: words of the address in this machine's byte order, then the port. */
    private static InetSocketAddress end(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(text + " is no address and port");
        }
        byte[] words = HexFormat.of().parseHex(text.substring(0, colon));
        byte[] address = new byte[words.length];
        ByteBuffer from = ByteBuffer.wrap(words).order(ByteOrder.BIG_ENDIAN);
        ByteBuffer to = ByteBuffer.wrap(address).order(ByteOrder.nativeOrder());
        while (from.remaining() >= 4) {
            to.putInt(from.getInt());
        }
        InetAddress ip = SocketAddressLayout.address(address);
        return new InetSocketAddress(ip, Integer.parseInt(text.substring(colon + 1), 16));
    }
}
