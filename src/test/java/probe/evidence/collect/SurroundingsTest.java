package probe.evidence.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import probe.evidence.IcmpAnswer.Place;
import probe.evidence.LocalListener;
import probe.evidence.LocalListener.State;
import probe.evidence.OwnLimits;
import probe.evidence.RouteFacts;
import probe.evidence.linux.Proc;
import probe.testing.ClosedPort;
import probe.testing.Eventually;
import probe.testing.FullBacklog;
import probe.testing.Loopback;
import probe.testing.Needs;
import probe.testing.Prerequisite;

@Needs(Prerequisite.LINUX)
class SurroundingsTest {

    @Test
    void loopback_is_this_machine_and_needs_no_next_hop() {
        RouteFacts route = Surroundings.route(Loopback.V4.address()).orElseThrow();
        assertEquals(RouteFacts.Kind.OWN, route.kind());
        assertEquals("lo", route.interfaceName());
        assertTrue(Surroundings.nextHop(route).isEmpty());
    }

    @Test
    void a_listener_with_room_is_listening() throws IOException {
        try (ServerSocket open = new ServerSocket(0, 9, Loopback.V4.address())) {
            LocalListener listener = listener(
                    new InetSocketAddress(Loopback.V4.address(), open.getLocalPort()));
            assertEquals(new LocalListener("127.0.0.1", open.getLocalPort(), State.LISTENING, 0,
                    9), listener);
        }
    }

    @Test
    void a_listener_that_does_not_accept_is_full() {
        try (FullBacklog full = FullBacklog.open()) {
            LocalListener listener = listener(full.address());
            assertEquals(State.FULL, listener.state(), listener::toString);
            assertTrue(listener.waiting() > listener.backlog(), listener::toString);
        }
    }

    @Test
    void a_wildcard_listener_serves_every_address() throws IOException {
        try (ServerSocket open = new ServerSocket(0)) {
            assertEquals(State.LISTENING, listener(new InetSocketAddress(
                    Loopback.V4.address(), open.getLocalPort())).state());
        }
    }

    @Test
    void a_listener_at_another_address_is_told_from_none() throws IOException {
        try (ServerSocket open = new ServerSocket(0, 5, Loopback.V4.address());
                ClosedPort closed = ClosedPort.open()) {
            assertEquals(State.OTHER_ADDRESS, listener(new InetSocketAddress(
                    InetAddress.ofLiteral("127.0.0.9"), open.getLocalPort())).state());
            assertEquals(State.ABSENT, listener(closed.address()).state());
        }
    }

    private static LocalListener listener(InetSocketAddress address) {
        return Surroundings.listener(address, System.nanoTime());
    }

    @Test
    void the_sender_of_an_icmp_error_is_placed_by_its_address() {
        InetAddress target = InetAddress.ofLiteral("192.0.2.7");
        assertEquals(Place.OWN, Surroundings.place("127.0.0.1", target, "192.0.2.1"));
        assertEquals(Place.TARGET, Surroundings.place("192.0.2.7", target, "192.0.2.1"));
        assertEquals(Place.NEXT_HOP, Surroundings.place("192.0.2.1", target, "192.0.2.1"));
        assertEquals(Place.ON_THE_WAY, Surroundings.place("198.51.100.1", target, null));
    }

    @Test
    void the_own_limits_are_read() throws IOException {
        OwnLimits before = new LimitsReader(Proc.system()).read();
        assertNotNull(before.openFiles());
        assertNotNull(before.portsInRange());
        try (ServerSocket one = new ServerSocket(0); ServerSocket other = new ServerSocket(0)) {
            OwnLimits now = new LimitsReader(Proc.system()).read();
            assertNotNull(now.openFiles());
            assertTrue(now.openFiles() > 2, () -> now + " with " + one + " and " + other);
        }
    }

    @Test
    void a_timer_that_does_not_fire_shows_in_the_lateness() {
        PauseMeter meter = new PauseMeter();
        meter.tick();
        Eventually.holds(() -> meter.read().timerLateness().compareTo(Duration.ofMillis(50)) > 0,
                () -> meter.read().toString());
        meter.tick();
        assertTrue(meter.read().timerLateness().toMillis() >= 50, "remembered");
    }
}
