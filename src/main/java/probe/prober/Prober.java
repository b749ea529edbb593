package probe.prober;

import probe.attempt.Attempt;

/** Makes attempts: one address, one connection, every phase timed, no exception leaving. */
@FunctionalInterface
public interface Prober {

    /** One attempt, ended by the deadline of the context at the latest. */
    Attempt attempt(Destination destination, ProbeContext context);
}
