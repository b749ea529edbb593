package probe.prober;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import probe.attempt.Attempt;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.attempt.PhaseOutcome;
import probe.profile.AddressFamily;
import probe.profile.Pin;
import probe.profile.Setting;
import probe.profile.Settings;
import probe.profile.TimeoutName;
import probe.target.HostPort;
import probe.target.TargetParser;

@Timeout(30)
class NameResolutionTest {
    private static final HostPort DB = new HostPort("db.test", 5432);

    private final Watchdog watchdog = new Watchdog();
    private final List<String> told = new ArrayList<>();

    @AfterEach
    void close() {
        watchdog.close();
    }

    private ProbeContext context(Settings settings) {
        return new ProbeContext(settings, Deadline.start(Ticker.SYSTEM, settings.timeouts()),
                watchdog, new AttemptListener() {
                    @Override
                    public void resolving(String host) {
                        told.add("resolving " + host);
                    }

                    @Override
                    public void resolved() {
                        told.add("resolved");
                    }
                });
    }

    private static Settings limit(TimeoutName name, long millis) {
        Settings settings = Settings.defaults();
        return settings.withTimeouts(
                settings.timeouts().with(name, Setting.ofFlag(Duration.ofMillis(millis))));
    }

    private static Settings wanting(AddressFamily family, Pin... pins) {
        Settings base = Settings.defaults();
        return new Settings(base.timeouts(), family, List.of(pins), base.http(), base.exchange(),
                base.tls(),
                base.proxy(), base.evidence(), base.controls(), base.attempts(), base.interval());
    }

    private Resolution resolve(Resolver resolver, HostPort where, Settings settings) {
        return new NameResolution(resolver).resolve(where, context(settings));
    }

    private static Resolver answering(String... literals) {
        return _ -> Arrays.stream(literals).map(InetAddress::ofLiteral).toList();
    }

    private static Resolver failing(String message) {
        return _ -> {
            throw new UnknownHostException(message);
        };
    }

    private static List<String> literals(Resolution resolution) {
        return resolution.addresses().stream().map(InetAddress::getHostAddress).toList();
    }

    private static Failure failure(Resolution resolution) {
        assertEquals(List.of(), resolution.addresses());
        return assertNotNullFailure(resolution.failure());
    }

    private static Failure assertNotNullFailure(
            @org.jspecify.annotations.Nullable Failure failure) {
        assertNotNull(failure);
        return java.util.Objects.requireNonNull(failure);
    }

    @Test
    void addresses_come_family_by_family_in_turn_beginning_with_the_resolvers_first() {
        Resolution resolution = resolve(
                answering("2001:db8::1", "2001:db8::2", "192.0.2.1", "192.0.2.1"), DB,
                Settings.defaults());
        assertEquals(List.of("2001:db8:0:0:0:0:0:1", "192.0.2.1", "2001:db8:0:0:0:0:0:2"),
                literals(resolution));
        assertNull(resolution.failure());
        assertEquals(PhaseOutcome.OK,
                resolution.timing() == null ? null : resolution.timing().outcome());
    }

    @Test
    void a_resolver_that_blocks_for_ever_is_left_behind_on_a_daemon_thread()
            throws InterruptedException {
        AtomicReference<Thread> asking = new AtomicReference<>();
        CountDownLatch release = new CountDownLatch(1);
        try {
            Failure failure = failure(resolve(_ -> {
                asking.set(Thread.currentThread());
                await(release);
                return List.of();
            }, DB, limit(TimeoutName.DNS, 200)));
            assertEquals(FailureName.TIMED_OUT, failure.name());
            assertEquals(TimeoutName.DNS, failure.limit());
            assertEquals(Phase.RESOLVE, failure.phase());
            assertTrue(failure.elapsed().compareTo(Duration.ofMillis(200)) >= 0, failure::toString);
            assertTrue(failure.elapsed().compareTo(Duration.ofSeconds(10)) < 0, failure::toString);
            Thread left = asking.get();
            assertTrue(left != null && left.isAlive() && left.isDaemon(), String.valueOf(left));
        } finally {
            release.countDown();
        }
        asking.get().join();
    }

    private static void await(CountDownLatch latch) {
        boolean released = false;
        while (!released) {
            try {
                latch.await();
                released = true;
            } catch (InterruptedException e) {
                // getaddrinfo takes no notice of interrupts either.
            }
        }
    }

    @Test
    void the_deadline_ends_a_lookup_that_its_own_limit_would_not() {
        CountDownLatch release = new CountDownLatch(1);
        try {
            Failure failure = failure(resolve(_ -> {
                await(release);
                return List.of();
            }, DB, limit(TimeoutName.DEADLINE, 200)));
            assertEquals(FailureName.TIMED_OUT, failure.name());
            assertEquals(TimeoutName.DEADLINE, failure.limit());
        } finally {
            release.countDown();
        }
    }

    @Test
    void an_interrupt_ends_the_wait_and_stays_set() {
        CountDownLatch release = new CountDownLatch(1);
        try {
            Thread.currentThread().interrupt();
            assertEquals(FailureName.INTERRUPTED, failure(resolve(_ -> {
                await(release);
                return List.of();
            }, DB, Settings.defaults())).name());
            assertTrue(Thread.interrupted());
        } finally {
            release.countDown();
        }
    }

    @ParameterizedTest
    @CsvSource({"db.test: Name or service not known, NAME_NOT_FOUND",
        "db.test: No address associated with hostname, NAME_NO_ADDRESS",
        "db.test: Temporary failure in name resolution, NAME_LOOKUP_FAILED",
        "db.test, NAME_LOOKUP_FAILED"})
    void what_the_system_says_is_told_as_far_as_it_can_be(String message, FailureName name) {
        Failure failure = failure(resolve(failing(message), DB, Settings.defaults()));
        assertEquals(name, failure.name());
        assertEquals("java.net.UnknownHostException", failure.exception());
        assertEquals(message, failure.message());
        assertNull(failure.limit());
    }

    @Test
    void a_defect_of_a_resolver_is_a_failure_and_no_crash() {
        Failure failure = failure(resolve(_ -> {
            throw new IllegalStateException("broken\u001b[31m");
        }, DB, Settings.defaults()));
        assertEquals(FailureName.NAME_LOOKUP_FAILED, failure.name());
        assertEquals("broken\\u001b[31m", failure.message());
    }

    @Test
    void a_family_that_the_name_does_not_have_is_no_address() {
        Resolution resolution = resolve(answering("192.0.2.1"), DB, wanting(AddressFamily.IPV6));
        assertEquals(FailureName.NAME_NO_ADDRESS, failure(resolution).name());
        assertEquals(PhaseOutcome.FAILED,
                resolution.timing() == null ? null : resolution.timing().outcome());
        assertEquals(List.of("192.0.2.1"),
                literals(resolve(answering("2001:db8::1", "192.0.2.1"), DB,
                        wanting(AddressFamily.IPV4))));
    }

    @Test
    void literals_and_pins_are_not_looked_up() {
        Resolver never = _ -> {
            throw new AssertionError("asked");
        };
        assertEquals(List.of("192.0.2.9"),
                literals(resolve(never, new HostPort("192.0.2.9", 1), Settings.defaults())));
        assertEquals(List.of("0:0:0:0:0:0:0:1"),
                literals(resolve(never, new HostPort("::1", 1), Settings.defaults())));
        Settings pinned = wanting(AddressFamily.ANY,
                new Pin("DB.test", 5432, List.of("192.0.2.3")));
        Resolution resolution = resolve(never, DB, pinned);
        assertEquals(List.of("192.0.2.3"), literals(resolution));
        assertNull(resolution.timing());
        assertEquals(List.of("192.0.2.4"),
                literals(resolve(answering("192.0.2.4"), new HostPort("db.test", 1), pinned)));
    }

    @Test
    void a_listener_is_told_of_lookups_and_of_those_that_gave_an_address() {
        resolve(answering("192.0.2.1"), DB, Settings.defaults());
        assertEquals(List.of("resolving db.test", "resolved"), told);
        told.clear();
        resolve(failing("db.test: Name or service not known"), DB, Settings.defaults());
        assertEquals(List.of("resolving db.test"), told);
        told.clear();
        resolve(answering(), new HostPort("192.0.2.9", 1), Settings.defaults());
        assertEquals(List.of(), told);
    }

    @Test
    void a_failed_lookup_stands_in_the_report_as_one_attempt() {
        ProbeContext context = context(Settings.defaults());
        Resolution resolution = new NameResolution(failing("db.test: Name or service not known"))
                .resolve(DB, context);
        Attempt attempt = NameResolution.failedAttempt(TargetParser.parse("db.test:5432"),
                resolution, context);
        assertNull(attempt.address());
        assertEquals(resolution.failure(), attempt.failure());
        assertEquals(List.of(Phase.RESOLVE),
                attempt.phases().stream().map(one -> one.phase()).toList());
        assertTrue(attempt.timeouts().containsKey(TimeoutName.DNS));
    }
}
