package probe.prober;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A time for which an open connection is kept without a byte from this side.
 *
 * @param lasting how long
 * @param over counted down when it is to end before
 */
public record Silence(Duration lasting, CountDownLatch over) {}
