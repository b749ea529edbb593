package probe.evidence;

/**
 * What time it is by the clock of a service whose certificate was refused for its dates: the {@code Date} of its answer
 * to a HEAD request (RFC 9110 §6.6.1) over a connection whose certificate nobody checked. A second clock, though one
 * that only the service vouches for.
 *
 * @param address the address asked, a literal
 * @param port the port asked
 * @param epochSeconds seconds since 1970-01-01T00:00Z by the service
 * @param aheadSeconds how far this machine's clock is ahead of it; negative where it is behind
 */
public record ServerClock(String address, int port, long epochSeconds, long aheadSeconds)
        implements Observation {}
