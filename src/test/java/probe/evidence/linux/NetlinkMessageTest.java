package probe.evidence.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import probe.evidence.NextHop;
import probe.evidence.NextHop.Role;
import probe.evidence.NextHop.State;
import probe.evidence.RouteFacts;
import probe.evidence.RouteFacts.Kind;
import probe.evidence.RouteFacts.Link;
import probe.evidence.SocketQueues;
import probe.evidence.SocketQueues.Timer;
import probe.evidence.TcpState;

class NetlinkMessageTest {
    private static final InetAddress TARGET = InetAddress.ofLiteral("192.0.2.7");
    private static final Interface V0 = new Interface("v0", Link.UP);

    @Test
    void a_route_over_a_gateway_has_interface_gateway_and_source() {
        RouteFacts route = RouteTable.decode(TARGET, Recorded.message(Recorded.ROUTE_V4), V0);
        assertEquals(new RouteFacts("192.0.2.7", 0, Kind.REMOTE, "v0", "192.0.2.1", "192.0.2.2",
                Link.UP), route);
    }

    @Test
    void a_destination_on_the_link_has_no_gateway() {
        InetAddress target = InetAddress.ofLiteral("2001:db8::7");
        RouteFacts route = RouteTable.decode(target, Recorded.message(Recorded.ROUTE_V6), V0);
        assertEquals(new RouteFacts("2001:db8::7", 0, Kind.REMOTE, "v0", null,
                "2001:db8::2", Link.UP), route);
    }

    @Test
    void no_route_is_an_error_number() {
        NetlinkMessage message = Recorded.message(Recorded.NO_ROUTE);
        assertEquals(NetlinkMessage.ERROR, message.type());
        assertEquals(101, message.errno());
    }

    @Test
    void an_interface_has_its_name_and_its_carrier() {
        assertEquals(V0, Interface.decode(Recorded.message(Recorded.LINK)));
    }

    @Test
    void an_interface_that_is_switched_off_is_down() {
        byte[] bytes = Recorded.bytes(Recorded.LINK);
        bytes[24] = 0x42;
        assertEquals(Link.DOWN, Interface.decode(NetlinkMessage.parse(bytes).getFirst()).link());
    }

    @Test
    void an_interface_without_a_carrier_says_so() {
        byte[] bytes = Recorded.bytes(Recorded.LINK);
        bytes[bytes.length - 4] = 0;
        assertEquals(Link.NO_CARRIER,
                Interface.decode(NetlinkMessage.parse(bytes).getFirst()).link());
    }

    @Test
    void a_neighbour_has_its_state_and_age() {
        List<NetlinkMessage> dump = NetlinkMessage.parse(Recorded.bytes(Recorded.NEIGHBOURS));
        InetAddress gateway = InetAddress.ofLiteral("192.0.2.1");
        assertEquals(new NextHop("192.0.2.1", Role.GATEWAY, State.REACHABLE, 1470L),
                NeighbourTable.decode(dump.getFirst(), gateway, Role.GATEWAY));
        assertNull(NeighbourTable.decode(dump.getFirst(), TARGET, Role.TARGET));
        assertEquals(NetlinkMessage.DONE, dump.getLast().type());
    }

    @Test
    void a_connection_has_its_ends_queues_and_counters() {
        DiagEntry entry = InetDiag.decode(Recorded.message(Recorded.CONNECTION));
        assertNotNull(entry);
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        assertEquals(new InetSocketAddress(loopback, 43548), entry.local());
        assertEquals(new InetSocketAddress(loopback, 46053), entry.remote());
        assertEquals(TcpState.ESTABLISHED, entry.state());
        assertEquals(new SocketQueues(Timer.NONE, 0, 9, 0), entry.queues());
        assertEquals(272621, entry.inode());
        assertNotNull(entry.info());
        assertEquals(300, entry.info().bytesAcked());
        assertEquals(9, entry.info().bytesReceived());
        assertEquals(65536, entry.info().sendWindow());
    }

    @Test
    void a_message_that_is_cut_ends_the_list() {
        byte[] whole = Recorded.bytes(Recorded.NEIGHBOURS);
        assertEquals(List.of(), NetlinkMessage.parse(Arrays.copyOf(whole, 40)));
        assertEquals(1, NetlinkMessage.parse(Arrays.copyOf(whole, whole.length - 1)).size());
        byte[] nonsense = whole.clone();
        nonsense[0] = 3;
        assertEquals(List.of(), NetlinkMessage.parse(nonsense));
    }

    @Test
    void an_attribute_that_is_cut_ends_the_attributes() {
        byte[] bytes = Recorded.bytes(Recorded.ROUTE_V4);
        bytes[28 + 8] = (byte) 0xff;
        assertEquals(List.of(15), List.copyOf(NetlinkMessage.parse(bytes)
                .getFirst()
                .attributes(12)
                .keySet()));
    }

    @Test
    void a_request_is_what_the_kernel_header_says() {
        byte[] request = NetlinkMessage.request(26, NetlinkMessage.REQUEST, new byte[] {7});
        assertEquals(17, request.length);
        assertArrayEquals(new byte[] {17, 0, 0, 0, 26, 0, 1, 0}, Arrays.copyOf(request, 8));
    }
}
