package probe.evidence.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import probe.evidence.SocketQueues;
import probe.evidence.SocketQueues.Timer;
import probe.evidence.SynSchedule;
import probe.evidence.TcpState;
import probe.evidence.linux.ProcCounters.Family;

class ProcTest {

    /** The instants seen on the wire with {@code tcp_syn_linear_timeouts} 4 and {@code tcp_syn_retries} 6. */
    @ParameterizedTest
    @CsvSource({"1, 1.005, 1.027", "2, 2.029, 2.051", "3, 3.053, 3.075", "4, 4.077, 4.099",
        "5, 5.101, 5.123", "6, 7.117, 7.139", "7, 11.15, 11.29", "8, 19.34, 19.49",
        "9, 35.47, 35.61", "10, 68.4, 68.9"})
    void linear_instants_lie_within_what_was_measured(int syn, double low, double high) {
        assertWithin(SynScheduleReader.schedule(6, 4).instants().get(syn), low, high);
    }

    /** The same with {@code tcp_syn_linear_timeouts} 0, as on kernels before 6.5. */
    @ParameterizedTest
    @CsvSource({"1, 1.004, 1.032", "2, 3.020, 3.048", "3, 7.09, 7.23", "4, 15.29, 15.42",
        "5, 31.4, 31.6", "6, 64.3, 64.8"})
    void doubling_instants_lie_within_what_was_measured(int syn, double low, double high) {
        assertWithin(SynScheduleReader.schedule(6, 0).instants().get(syn), low, high);
    }

    @Test
    void the_kernel_gives_up_when_it_was_measured_to() {
        assertWithin(SynScheduleReader.schedule(6, 4).givesUp(), 133.9, 134.4);
        assertWithin(SynScheduleReader.schedule(6, 0).givesUp(), 129.8, 130.4);
    }

    @ParameterizedTest
    @CsvSource({"1000, 1, 1", "2000, 2, 2", "3000, 3, 2", "3100, 4, 3", "4000, 4, 3",
        "5000, 5, 3"})
    void round_timeouts_end_before_the_next_syn(long millis, int linear, int doubling) {
        Duration limit = Duration.ofMillis(millis);
        assertEquals(linear, SynScheduleReader.schedule(6, 4).sentWithin(limit));
        assertEquals(doubling, SynScheduleReader.schedule(6, 0).sentWithin(limit));
    }

    @Test
    void the_settings_are_read_and_old_kernels_have_one_less() {
        Proc current = files(Map.of("sys/net/ipv4/tcp_syn_retries", "6",
                "sys/net/ipv4/tcp_syn_linear_timeouts", "4"));
        Proc old = files(Map.of("sys/net/ipv4/tcp_syn_retries", "6"));
        assertEquals(11, instants(current));
        assertEquals(7, instants(old));
        assertTrue(SynScheduleReader.read(files(Map.of())).isEmpty());
    }

    private static int instants(Proc proc) {
        return SynScheduleReader.read(proc).map(SynSchedule::instants).orElseThrow().size();
    }

    @Test
    void counters_are_found_by_table_and_name() {
        Proc files = files(Map.of(
                "self/net/snmp", "Ip: InReceives OutRequests\nIp: 12 34",
                "self/net/netstat", "TcpExt: TCPSynRetrans\nTcpExt: 5",
                "self/net/snmp6", "Ip6InReceives                   \t77"));
        ProcCounters counters = ProcCounters.read(files, Family.IPV4);
        assertEquals(12, counters.get("Ip.InReceives"));
        assertEquals(34, counters.get("Ip.OutRequests"));
        assertEquals(5, counters.get("TcpExt.TCPSynRetrans"));
        assertNull(counters.get("Ip.OutTransmits"));
        ProcCounters six = ProcCounters.read(files, Family.IPV6);
        assertEquals(77, six.get("Ip6InReceives"));
        assertEquals(5, six.get("TcpExt.TCPSynRetrans"));
    }

    @Test
    void a_table_that_holds_no_numbers_is_none() {
        Proc files = files(Map.of(
                "self/net/snmp", "Ip: InReceives OutRequests\nIp: 12 many",
                "self/net/netstat", "TcpExt: TCPSynRetrans TCPFastOpen\nTcpExt: 5"));
        assertTrue(ProcCounters.read(files, Family.IPV4).isEmpty());
    }

    @Test
    void a_counter_that_is_missing_has_not_moved() {
        ProcCounters none = ProcCounters.read(files(Map.of()), Family.IPV4);
        assertTrue(none.isEmpty());
        assertEquals(0, none.since(none, "Ip.InReceives"));
    }

    @Test
    void a_row_of_the_socket_table_is_read() {
        DiagEntry entry = ProcSocketTable.parse("   1: 0000000000000000FFFF00000100007F:AA1C "
                + "0000000000000000FFFF00000100007F:B3E5 01 00000000:00000009 00:00000000 00000000"
                + "     0        0 272621 2 00000000371a8c4c 20 4 31 11 -1");
        assertNotNull(entry);
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        assertEquals(new InetSocketAddress(loopback, 0xAA1C), entry.local());
        assertEquals(new InetSocketAddress(loopback, 0xB3E5), entry.remote());
        assertEquals(TcpState.ESTABLISHED, entry.state());
        assertEquals(new SocketQueues(Timer.NONE, 0, 9, 0), entry.queues());
        assertEquals(272621, entry.inode());
    }

    @ParameterizedTest
    @CsvSource({"01:0000001E 00000003, 0, RETRANSMIT, 3", "02:0000001E 00000000, 4, KEEPALIVE, 4",
        "04:0000001E 00000000, 2, PROBE, 2"})
    void a_timer_counts_what_it_waits_for(String columns, int probes, Timer timer, int count) {
        DiagEntry entry = ProcSocketTable.parse("   1: 0100007F:AA1C 0100007F:B3E5 01 "
                + "0000012C:00000000 " + columns + "     0        " + probes + " 272621 2 0 20");
        assertNotNull(entry);
        assertEquals(new SocketQueues(timer, count, 0, 300), entry.queues());
    }

    @Test
    void a_heading_and_an_unknown_format_are_no_rows() {
        assertNull(ProcSocketTable.parse("  sl  local_address rem_address   st tx_queue rx_queue"
                + " tr tm->when retrnsmt   uid  timeout inode"));
        assertNull(ProcSocketTable.parse("   1: nonsense 0100007F:B3E5 01 0:0 0:0 0 0 0 0 0"));
        assertNull(ProcSocketTable.parse(""));
    }

    private static void assertWithin(Duration seen, double low, double high) {
        double seconds = seen.toMillis() / 1000.0;
        assertTrue(seconds >= low && seconds <= high, () -> seconds + " s");
    }

    private static Proc files(Map<String, String> files) {
        return path -> files.containsKey(path) ? List.of(files.getOrDefault(path, "").split("\n"))
                : List.of();
    }
}
