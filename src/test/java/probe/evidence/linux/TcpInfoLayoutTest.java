package probe.evidence.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import probe.evidence.TcpInfo;
import probe.evidence.TcpState;

class TcpInfoLayoutTest {
    private final byte[] structure = new byte[248];
    private final ByteBuffer bytes = ByteBuffer.wrap(structure).order(ByteOrder.nativeOrder());

    @Test
    void fields_stand_where_the_kernel_header_puts_them() {
        bytes.put(0, (byte) 1)
                .put(2, (byte) 3)
                .put(3, (byte) 4)
                .putInt(8, 204000)
                .putInt(16, 1448)
                .putInt(24, 5);
        bytes.putInt(56, 1960)
                .putInt(68, 20400)
                .putInt(100, 6)
                .putLong(120, 301)
                .putLong(128, 1000);
        bytes.putInt(136, 9)
                .putInt(140, 8)
                .putInt(144, 40544)
                .putLong(200, 600)
                .putLong(208, 300)
                .putInt(224, 1);
        bytes.putInt(228, 65536);
        TcpInfo info = decode();
        assertEquals(TcpState.ESTABLISHED, info.state());
        assertEquals(3, info.retransmits());
        assertEquals(4, info.probes());
        assertEquals(204000, info.rtoUs());
        assertEquals(1448, info.sendMss());
        assertEquals(5, info.unacked());
        assertEquals(1960, info.lastAckReceivedMs());
        assertEquals(20400, info.rttUs());
        assertEquals(6, info.totalRetransmits());
        assertEquals(300, info.bytesAcked());
        assertEquals(1000, info.bytesReceived());
        assertEquals(9, info.segmentsOut());
        assertEquals(8, info.segmentsIn());
        assertEquals(40544, info.notSentBytes());
        assertEquals(600, info.bytesSent());
        assertEquals(300, info.bytesRetransmitted());
        assertEquals(1, info.outOfOrderPackets());
        assertEquals(65536, info.sendWindow());
    }

    @Test
    void an_older_kernel_leaves_its_missing_fields_null() {
        bytes.put(0, (byte) 1).putLong(120, 301);
        TcpInfo info = TcpInfoLayout.decode(Arrays.copyOf(structure, 192));
        assertNotNull(info);
        assertEquals(300, info.bytesAcked());
        assertNull(info.bytesSent());
        assertNull(info.sendWindow());
    }

    @Test
    void bytes_that_are_no_tcp_info_give_nothing() {
        assertNull(TcpInfoLayout.decode(new byte[50]));
        assertNull(TcpInfoLayout.decode(new byte[248]), "state 0 is none");
    }

    @Test
    void the_fin_of_the_peer_is_not_payload() {
        bytes.put(0, (byte) TcpState.CLOSE_WAIT.number()).putLong(128, 1001);
        assertEquals(1000, decode().bytesReceived());
    }

    @Test
    void our_acknowledged_fin_is_not_payload() {
        bytes.put(0, (byte) TcpState.FIN_WAIT_2.number()).putLong(120, 302).putLong(200, 300);
        assertEquals(300, decode().bytesAcked());
    }

    @Test
    void never_more_is_acknowledged_than_was_sent() {
        bytes.put(0, (byte) TcpState.CLOSED.number()).putLong(120, 302).putLong(200, 300);
        assertEquals(300, decode().bytesAcked(), "a reset after our FIN was acknowledged");
    }

    private TcpInfo decode() {
        TcpInfo info = TcpInfoLayout.decode(structure);
        assertNotNull(info);
        return info;
    }
}
