package probe.evidence;

import java.time.Duration;

/**
 * What became of a handshake after the connect timeout was over: it was kept alive beside the attempt until 3.3 s
 * after its beginning, because the kernel tells of a neighbour that does not answer at 3.05 to 3.10 s and not before
 * (section 1.5 of the experiments).
 *
 * @param address the address connected to, a literal
 * @param port the port connected to
 * @param outcome how it ended, or {@link ControlResult.Outcome#TIMED_OUT} while nothing had come
 * @param errno the error number it ended with, or 0
 * @param since how long after the first SYN it ended, or was given up
 */
public record LateConnect(
        String address, int port, ControlResult.Outcome outcome, int errno, Duration since)
        implements Observation {}
