package probe.testing;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads and sockets of one fixture. Closing it closes the sockets, which wakes every thread that waits on one,
 * and returns when all threads have ended. Platform threads, so that {@link Leaks} can see one that stayed.
 */
final class ServerThreads implements AutoCloseable {
    /** Work on a thread of its own. An IOException ends it quietly: the peer went away or the fixture closed. */
    interface Task {
        void run() throws IOException, InterruptedException;
    }

    private final String name;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Set<Closeable> owned = ConcurrentHashMap.newKeySet();
    private final Queue<Throwable> defects = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicInteger started = new AtomicInteger();

    ServerThreads(String name) {
        this.name = name;
    }

    /** Does nothing once the fixture is closing. */
    synchronized void start(Task task) {
        if (isClosing()) {
            return;
        }
        Thread thread = Thread.ofPlatform()
                .daemon()
                .name(name + "-" + started.incrementAndGet())
                .unstarted(() -> run(task));
        threads.add(thread);
        thread.start();
    }

    private void run(Task task) {
        try {
            task.run();
        } catch (IOException | InterruptedException e) {
            // The end of a connection, or of the fixture; what matters of it is in the fixture's own log.
        } catch (RuntimeException | Error e) {
            defects.add(e);
        } finally {
            threads.remove(Thread.currentThread());
        }
    }

    /** Hands {@code resource} over, to be closed with the fixture; at once if that is closing already. */
    synchronized <C extends Closeable> C own(C resource) throws IOException {
        if (isClosing()) {
            resource.close();
            throw new IOException("the fixture is closing");
        }
        owned.add(resource);
        return resource;
    }

    /** Closes {@code resource} before the fixture's own end. */
    void release(Closeable resource) throws IOException {
        owned.remove(resource);
        resource.close();
    }

    boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** Waits for {@code time}, or until the fixture closes, if that is sooner. */
    void pause(Duration time) throws InterruptedException {
        if (closing.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("the fixture is closing");
        }
    }

    /** Waits until the fixture closes. */
    void waitForClose() throws InterruptedException {
        closing.await();
    }

    /**
     * @throws AssertionError when a thread does not end, or ended with a defect of the fixture itself
     */
    @Override
    public void close() {
        closeOwned();
        Eventually.holds(threads::isEmpty, () -> name + ": threads still running: " + threads);
        if (!defects.isEmpty()) {
            AssertionError error = new AssertionError(name + ": a fixture thread failed");
            defects.forEach(error::addSuppressed);
            throw error;
        }
    }

    private synchronized void closeOwned() {
        closing.countDown();
        for (Closeable resource : owned) {
            try {
                resource.close();
            } catch (IOException e) {
                defects.add(e);
            }
        }
        owned.clear();
    }
}
