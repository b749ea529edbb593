package probe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import probe.profile.Settings;
import probe.target.TargetParser;

class DispatcherTest {

    private static List<Job> jobs(String... hosts) {
        List<Job> jobs = new ArrayList<>();
        for (String host : hosts) {
            jobs.add(new Job(TargetParser.parse(host + ":80"), Settings.defaults()));
        }
        return jobs;
    }

    private static void run(int concurrency, int perHost, List<Job> jobs, Dispatcher.Work work)
            throws InterruptedException {
        new Dispatcher(concurrency, perHost).run(jobs, work, Thread.ofVirtual().factory(),
                () -> false);
    }

    @Test
    void every_job_is_run_once() throws InterruptedException {
        List<Job> jobs = jobs(IntStream.range(0, 500)
                .mapToObj(i -> "h" + i % 7 + ".example")
                .toArray(String[]::new));
        List<Integer> done = Collections.synchronizedList(new ArrayList<>());
        run(16, 3, jobs, done::add);
        assertEquals(500, done.size());
        assertEquals(IntStream.range(0, 500).boxed().collect(Collectors.toSet()),
                Set.copyOf(done));
    }

    @Test
    void no_host_sees_more_than_its_share_and_the_run_no_more_than_its_own()
            throws InterruptedException {
        List<Job> jobs = jobs(IntStream.range(0, 200)
                .mapToObj(i -> i % 2 == 0 ? "A.example" : "a.example")
                .toArray(String[]::new));
        AtomicInteger now = new AtomicInteger();
        Set<Integer> seen = Collections.synchronizedSet(new TreeSet<>());
        run(50, 2, jobs, index -> {
            seen.add(now.incrementAndGet());
            now.decrementAndGet();
        });
        assertTrue(Collections.max(seen) <= 2, seen::toString);
    }

    @Test
    void a_busy_host_holds_up_no_other() throws InterruptedException {
        CountDownLatch others = new CountDownLatch(1);
        AtomicInteger waited = new AtomicInteger();
        run(2, 1, jobs("slow.example", "slow.example", "slow.example", "fast.example"), index -> {
            if (index == 3) {
                others.countDown();
            } else if (await(others)) {
                waited.incrementAndGet();
            }
        });
        assertEquals(3, waited.get());
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
