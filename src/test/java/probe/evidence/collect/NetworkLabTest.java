package probe.evidence.collect;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import probe.evidence.collect.NetworkLab.Place;
import probe.testing.Needs;
import probe.testing.Prerequisite;

/** What real faults on a real path leave behind, seen by a process without capabilities. */
@Needs(value = {Prerequisite.LINUX, Prerequisite.ROOT, Prerequisite.NETWORK_NAMESPACES},
        commands = {"ip", "nft", "setpriv"})
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class NetworkLabTest {
    private static NetworkLab lab;
    private static Process client;
    private static BufferedReader said;

    @BeforeAll
    static void build() throws IOException {
        lab = NetworkLab.build();
        lab.in(Place.ROUTER, "ip route add unreachable 10.231.2.3/32");
        lab.in(Place.ROUTER, "ip route add prohibit 10.231.2.4/32");
        lab.in(Place.ROUTER, "ip route add blackhole 10.231.2.5/32");
        lab.in(Place.CLIENT, "ip route add unreachable 10.231.9.0/24");
        lab.in(Place.CLIENT, "ip route add prohibit 10.231.8.0/24");
        lab.filter(Place.CLIENT, "output tcp dport 7002 drop");
        lab.filter(Place.CLIENT, "output tcp dport 7003 reject with tcp reset");
        lab.filter(Place.CLIENT, "output tcp dport 7004 reject with icmp admin-prohibited");
        lab.filter(Place.CLIENT, "input tcp sport 7007 drop");
        lab.filter(Place.ROUTER, "forward tcp dport 7005 reject with tcp reset");
        lab.filter(Place.ROUTER, "forward tcp dport 7010 drop");
        // The handshake and the acknowledgement of a small request pass; then the way back is dead.
        lab.filter(Place.ROUTER, "forward tcp sport 7006 quota over 115 bytes drop");
        // Nothing that carries payload gets through.
        lab.filter(Place.ROUTER, "forward tcp dport 7008 meta length 60-1500 tcp flags & syn == 0"
                + " drop");
        Process server = lab.java(Place.SERVER, LabServer.class, List.of());
        client = lab.java(Place.CLIENT, LabClient.class, List.of());
        said = reader(client);
        ready(reader(server));
        ready(said);
    }

    @AfterAll
    static void remove() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void a_refusal_by_the_server_leaves_no_icmp_and_has_the_ttl_of_its_other_ports()
            throws IOException {
        String seen = probe("deep", NetworkLab.SERVER, 7777, 1000, 0);
        has(seen, "control=REPEAT", "outcome=REFUSED");
        hasNot(seen, "IcmpAnswer");
        has(seen, "AnswerTtl[address=10.231.2.2, port=7777, answer=RESET, ttl=63]");
        has(seen, "AnswerTtl[address=10.231.2.2, port=1, answer=RESET, ttl=63]");
    }

    @Test
    void a_reset_forged_by_the_router_has_another_ttl() throws IOException {
        String seen = probe("deep", NetworkLab.SERVER, 7005, 1000, 0);
        has(seen, "AnswerTtl[address=10.231.2.2, port=7005, answer=RESET, ttl=64]");
        has(seen, "AnswerTtl[address=10.231.2.2, port=1, answer=RESET, ttl=63]");
    }

    @Test
    void an_unreachable_route_of_the_router_names_the_router() throws IOException {
        String seen = probe("normal", "10.231.2.3", 80, 1000, 0);
        has(seen, "meaning=HOST_UNREACHABLE", "sender=10.231.1.1", "place=NEXT_HOP");
    }

    @Test
    void a_prohibiting_router_says_so() throws IOException {
        String seen = probe("normal", "10.231.2.4", 80, 1000, 0);
        has(seen, "meaning=PROHIBITED", "code=13", "place=NEXT_HOP");
    }

    @Test
    void a_silent_drop_on_the_way_ends_the_trace_there_for_that_port_alone() throws IOException {
        String seen = probe("deep", NetworkLab.SERVER, 7010, 600, 0);
        has(seen, "state=SYN_SENT");
        has(seen, "LateConnect[address=10.231.2.2, port=7010, outcome=TIMED_OUT");
        has(seen, "control=SAME_HOST_OTHER_PORT, target=10.231.2.2:1, outcome=REFUSED");
        has(seen, "outNotTransmitted=0");
        // Another scene's answers may come once more meanwhile, and its filter takes them again.
        hasNot(seen, "verdict connect-timeout client");
        has(seen, "PathTrace[address=10.231.2.2, port=7010, hops=[Hop[ttl=1, answer=ROUTER,"
                + " from=10.231.1.1");
        has(seen, "PathTrace[address=10.231.2.2, port=1, hops=[Hop[ttl=1, answer=ROUTER,",
                "Hop[ttl=2, answer=RESET, from=10.231.2.2");
    }

    @Test
    void a_dead_host_behind_a_live_gateway_is_silent_on_every_port() throws IOException {
        String seen = probe("normal", "10.231.2.5", 80, 600, 0);
        has(seen, "control=GATEWAY, target=10.231.1.1:53, outcome=REFUSED");
        has(seen, "control=SAME_HOST_OTHER_PORT, target=10.231.2.5:1, outcome=TIMED_OUT");
        has(seen, "NextHop[address=10.231.1.1, role=GATEWAY, state=REACHABLE");
    }

    @Test
    void a_drop_by_the_own_output_filter_never_reaches_the_network() throws IOException {
        String seen = probe("normal", NetworkLab.SERVER, 7002, 1300, 0);
        has(seen, "synsSent=0", "outNotTransmitted=1", "retransmitFailures=1");
    }

    @Test
    void a_drop_by_the_own_input_filter_is_counted_as_not_delivered() throws IOException {
        String seen = probe("normal", NetworkLab.SERVER, 7007, 1300, 0);
        has(seen, "outNotTransmitted=0");
        hasNot(seen, "inNotDelivered=0");
    }

    @Test
    void a_reset_by_the_own_output_filter_never_reaches_the_network() throws IOException {
        String seen = probe("normal", NetworkLab.SERVER, 7003, 1000, 0);
        has(seen, "control=REPEAT", "synsSent=1, othersPending=0, outNotTransmitted=1");
    }

    @Test
    void an_icmp_error_of_the_own_filter_comes_from_an_own_address() throws IOException {
        String seen = probe("normal", NetworkLab.SERVER, 7004, 1000, 0);
        has(seen, "meaning=PROHIBITED", "place=OWN");
    }

    @Test
    void a_neighbour_that_does_not_answer_is_told_only_after_three_seconds() throws IOException {
        String seen = probe("normal", "10.231.1.99", 80, 2500, 0);
        has(seen, "NextHop[address=10.231.1.99, role=TARGET", "totalRetransmits=0");
        assertTrue(seen.contains("state=FAILED") || seen.contains("state=INCOMPLETE"), seen);
        has(seen, "LateConnect[address=10.231.1.99, port=80, outcome=UNREACHABLE, errno=113");
    }

    @Test
    void routes_that_forbid_are_told_with_their_error_number() throws IOException {
        has(probe("passive", "10.231.9.1", 80, 1000, 0), "RouteFacts[destination=10.231.9.1,"
                + " errno=113, kind=NONE");
        has(probe("passive", "10.231.8.1", 80, 1000, 0), "RouteFacts[destination=10.231.8.1,"
                + " errno=13, kind=NONE");
    }

    @Test
    void a_mute_service_behind_a_live_kernel_acknowledges() throws IOException {
        String seen = probe("normal", NetworkLab.SERVER, 7001, 1000, 300);
        has(seen, "acknowledged=300", "LivenessCheck[via=SOCKET, address=10.231.2.2, port=7001,"
                + " answer=ACKNOWLEDGED");
        has(seen, "unacked=0");
    }

    @Test
    void a_path_that_died_after_the_acknowledgement_is_silent() throws IOException {
        String seen = probe("normal", NetworkLab.SERVER, 7006, 1000, 5);
        has(seen, "acknowledged=5", "answer=SILENT");
    }

    @Test
    void a_request_that_nobody_acknowledges_is_retransmitted() throws IOException {
        String seen = probe("normal", NetworkLab.SERVER, 7008, 1000, 300);
        has(seen, "acknowledged=0", "timer=RETRANSMIT", "unacked=1");
        hasNot(seen, "LivenessCheck");
    }

    @Test
    void a_full_listen_queue_is_a_silent_port_on_a_live_host() throws IOException {
        String seen = probe("normal", NetworkLab.SERVER, LabServer.FULL, 600, 0);
        has(seen, "state=SYN_SENT");
        has(seen, "control=SAME_HOST_OTHER_PORT, target=10.231.2.2:1, outcome=REFUSED");
    }

    @Test
    void over_ipv6_errors_traces_and_ttls_are_the_same() throws IOException {
        has(probe("deep", NetworkLab.SERVER_V6, 7777, 1000, 0),
                "port=7777, answer=RESET, ttl=63]", "errno=0, kind=REMOTE, interfaceName=c0,"
                        + " gateway=fd10:231:1::1");
        has(probe("deep", NetworkLab.SERVER_V6, 7010, 600, 0), "port=7010, hops=[Hop[ttl=1,"
                + " answer=ROUTER, from=fd10:231:1::1");
        has(probe("normal", NetworkLab.SERVER_V6, 7001, 1000, 300), "answer=ACKNOWLEDGED");
    }

    private static synchronized String probe(String level, String address, int port, int connect,
            int request) throws IOException {
        OutputStream input = client.getOutputStream();
        input.write((level + " " + address + " " + port + " " + connect + " 700 " + request + "\n")
                .getBytes(StandardCharsets.UTF_8));
        input.flush();
        List<String> lines = new ArrayList<>();
        for (String line = said.readLine(); !"done".equals(line); line = said.readLine()) {
            if (line == null) {
                throw new IllegalStateException("the client ended: " + lines);
            }
            lines.add(line);
        }
        return String.join("\n", lines);
    }

    private static void has(String seen, String... parts) {
        for (String part : parts) {
            assertTrue(seen.contains(part), () -> "no " + part + " in\n" + seen);
        }
    }

    private static void hasNot(String seen, String part) {
        assertFalse(seen.contains(part), () -> part + " in\n" + seen);
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void ready(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        assertTrue("ready".equals(line), () -> "said " + line);
    }
}
