package probe.prober;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import probe.attempt.Attempt;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.attempt.Via;
import probe.profile.Settings;
import probe.profile.TimeoutName;
import probe.target.TargetParser;

/** When a limit was over, by a clock that the test sets, whoever noticed it how late. */
class AttemptRecorderTest {
    private static final Limit LIMIT = new Limit(Duration.ofMillis(1), TimeoutName.CONNECT);

    private final AtomicLong now = new AtomicLong();
    private final Watchdog watchdog = new Watchdog();
    private final Settings settings = Settings.defaults();
    private final AttemptRecorder recorder = new AttemptRecorder(Via.SOCKET,
            new Destination(TargetParser.parse("192.0.2.1:9"), InetAddress.ofLiteral("192.0.2.1"),
                    9, null),
            new ProbeContext(settings, Deadline.start(now::get, settings.timeouts()), watchdog,
                    AttemptListener.NONE));

    @AfterEach
    void close() {
        watchdog.close();
    }

    @Test
    void a_limit_that_is_noticed_late_fired_in_time() throws InterruptedException {
        recorder.begin(Phase.CONNECT);
        passLimit(25);
        later(300);
        recorder.fail(FailureName.TIMED_OUT, TimeoutName.CONNECT, null);
        Attempt attempt = recorder.finish();
        assertEquals(Duration.ofMillis(25), failed(attempt));
        assertEquals(Duration.ofMillis(25), attempt.timing(Phase.CONNECT).orElseThrow().duration());
    }

    @Test
    void what_comes_after_its_limit_has_come_when_it_came() throws InterruptedException {
        recorder.begin(Phase.CONNECT);
        passLimit(25);
        later(300);
        recorder.end();
        assertEquals(Duration.ofMillis(300),
                recorder.finish().timing(Phase.CONNECT).orElseThrow().duration());
    }

    @Test
    void a_limit_of_an_earlier_wait_is_none_of_the_next() throws InterruptedException {
        recorder.begin(Phase.CONNECT);
        passLimit(25);
        later(200);
        try (Watchdog.Guard _ = recorder.watch(
                new Limit(Duration.ofMinutes(1), TimeoutName.CONNECT))) {
            later(300);
            recorder.fail(FailureName.RESET, null, null);
        }
        assertEquals(Duration.ofMillis(300), failed(recorder.finish()));
    }

    @Test
    void a_limit_that_is_called_off_does_not_fire() throws InterruptedException {
        recorder.begin(Phase.CONNECT);
        recorder.watch(new Limit(Duration.ofMinutes(1), TimeoutName.CONNECT)).close();
        later(300);
        recorder.fail(FailureName.RESET, null, null);
        assertEquals(Duration.ofMillis(300), failed(recorder.finish()));
    }

    private static Duration failed(Attempt attempt) {
        return Objects.requireNonNull(attempt.failure()).elapsed();
    }

    /** Has the watched limit fire at that time; the watchdog has one thread, so what was due before is done by then. */
    private void passLimit(long millis) throws InterruptedException {
        later(millis);
        recorder.watch(LIMIT);
        CountDownLatch fired = new CountDownLatch(1);
        watchdog.guard(new Limit(Duration.ofMillis(30), TimeoutName.CONNECT), fired::countDown);
        fired.await();
    }

    private void later(long millis) {
        now.set(Duration.ofMillis(millis).toNanos());
    }
}
