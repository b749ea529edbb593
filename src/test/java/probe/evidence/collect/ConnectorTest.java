package probe.evidence.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import probe.evidence.ControlResult.Outcome;
import probe.testing.ClosedPort;
import probe.testing.FullBacklog;
import probe.testing.Loopback;
import probe.testing.Needs;
import probe.testing.Prerequisite;

class ConnectorTest {

    static Stream<Connector> connectors() {
        Connector best = Connector.system();
        return best instanceof NativeConnector ? Stream.of(best, new NioConnector())
                : Stream.of(best);
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void several_ends_are_told_apart_in_order(Connector connector) throws IOException {
        try (ServerSocket open = new ServerSocket(0, 5, Loopback.V4.address());
                ClosedPort closed = ClosedPort.open();
                FullBacklog silent = FullBacklog.open()) {
            List<ConnectResult> results = connector.connect(List.of(
                    ConnectPlan.to(silent.address()),
                    ConnectPlan.to(closed.address()),
                    ConnectPlan.to(new InetSocketAddress(Loopback.V4.address(),
                            open.getLocalPort()))),
                    Duration.ofMillis(300));
            assertEquals(List.of(Outcome.TIMED_OUT, Outcome.REFUSED, Outcome.CONNECTED),
                    results.stream().map(ConnectResult::outcome).toList());
            assertTrue(results.getFirst().duration().toMillis() >= 299, results::toString);
        }
    }

    /** With a system call that waits, as many as there are processors would keep every other from running. */
    @Test
    @Needs(Prerequisite.LINUX)
    void virtual_threads_that_wait_for_silence_hold_up_no_other() throws Exception {
        int many = 8 * Runtime.getRuntime().availableProcessors();
        Phaser begun = new Phaser(many);
        AtomicInteger ended = new AtomicInteger();
        try (FullBacklog silent = FullBacklog.open()) {
            List<Thread> waiting = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                waiting.add(Thread.ofVirtual().start(() -> {
                    begun.arrive();
                    new NativeConnector().connect(List.of(ConnectPlan.to(silent.address())),
                            Duration.ofSeconds(3));
                    ended.incrementAndGet();
                }));
            }
            begun.awaitAdvanceInterruptibly(0, 30, TimeUnit.SECONDS);
            assertEquals(0, ended.get(), "all have begun before the first of them has ended");
            for (Thread one : waiting) {
                one.join();
            }
        }
        assertEquals(many, ended.get());
    }

    @Test
    @Needs(Prerequisite.LINUX)
    void linux_tells_the_error_number() {
        try (ClosedPort closed = ClosedPort.open()) {
            ConnectResult result = new NativeConnector()
                    .connect(List.of(ConnectPlan.to(closed.address())), Duration.ofSeconds(1))
                    .getFirst();
            assertEquals(111, result.errno());
        }
    }

    @Test
    @Needs({Prerequisite.LINUX, Prerequisite.IPV6})
    void the_ttl_of_an_answer_on_loopback_is_64() {
        for (Loopback loopback : Loopback.values()) {
            try (ClosedPort closed = ClosedPort.on(loopback)) {
                var ttls = new ResetOrigin(new NativeConnector()).measure(
                        List.of(closed.address()), Duration.ofMillis(20));
                assertEquals(1, ttls.size());
                assertEquals(64, ttls.getFirst().ttl(), loopback::toString);
            }
        }
    }

    @Test
    void a_plan_that_java_cannot_carry_out_fails_and_opens_nothing() {
        ConnectPlan plan = new ConnectPlan(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), 3, 0);
        assertEquals(Outcome.FAILED, new NioConnector().connect(List.of(plan),
                Duration.ofSeconds(1)).getFirst().outcome());
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void nothing_to_do_takes_no_time(Connector connector) {
        assertEquals(List.of(), connector.connect(List.of(), Duration.ofSeconds(30)));
    }
}
