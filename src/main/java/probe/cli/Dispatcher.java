package probe.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs many jobs, each on a thread of its own so that a slow one holds up no other: so many at once, and so many of
 * them at one host. A job whose host is busy steps aside for those of other hosts.
 */
final class Dispatcher {
    private final int concurrency;
    private final int perHost;
    private final Semaphore places;
    private final Map<String, Integer> running = new HashMap<>();
    private final Map<String, Deque<Integer>> waiting = new HashMap<>();

    Dispatcher(int concurrency, int perHost) {
        this.concurrency = concurrency;
        this.perHost = perHost;
        this.places = new Semaphore(concurrency);
    }

    /** What is done with the job of this number. */
    interface Work {
        void run(int index);
    }

    /**
     * Runs every job, and returns when all are done.
     *
     * @param ended whether no more jobs are to be begun
     * @throws InterruptedException when the calling thread is interrupted; jobs that run go on
     */
    void run(List<Job> jobs, Work work, ThreadFactory threads, BooleanSupplier ended)
            throws InterruptedException {
        for (int i = 0; i < jobs.size() && !ended.getAsBoolean(); i++) {
            String host = jobs.get(i).target().host().toLowerCase(Locale.ROOT);
            if (enters(host, i)) {
                int index = i;
                places.acquire();
                threads.newThread(() -> serve(host, index, work, ended)).start();
            }
        }
        places.acquire(concurrency);
    }

    /** Whether the host has room for one more; if not, the job waits for its turn there. */
    private synchronized boolean enters(String host, int index) {
        int now = running.getOrDefault(host, 0);
        if (now >= perHost) {
            waiting.computeIfAbsent(host, key -> new ArrayDeque<>()).add(index);
            return false;
        }
        running.put(host, now + 1);
        return true;
    }

    /** The job, and after it those that have been waiting for the same host. */
    private void serve(String host, int first, Work work, BooleanSupplier ended) {
        try {
            Integer index = first;
            while (index != null && !ended.getAsBoolean()) {
                work.run(index);
                index = next(host);
            }
        } finally {
            places.release();
        }
    }

    private synchronized @Nullable Integer next(String host) {
        Deque<Integer> queue = waiting.get(host);
        Integer index = queue == null ? null : queue.poll();
        if (index == null) {
            running.merge(host, -1, Integer::sum);
        }
        return index;
    }
}
