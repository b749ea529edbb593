package probe.prober;

/** A clock that only goes forward; the system's is {@link System#nanoTime}. */
@FunctionalInterface
public interface Ticker {
    /** The system's monotonic clock. */
    Ticker SYSTEM = System::nanoTime;

    /** Nanoseconds since an arbitrary instant. */
    long nanos();
}
