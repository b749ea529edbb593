package probe.evidence;

/**
 * What became of as many bytes as a reset request had, sent on connections of their own as empty lines (which servers
 * ignore before a request, RFC 9112 §2.2), while the counters of IP were watched: a packet that this machine's own filter
 * answers with a reset has not left it ({@code OutRequests - OutTransmits}, section 1.1 of the experiments).
 *
 * @param address the address connected to, a literal
 * @param port the port connected to
 * @param connections how many there were at once
 * @param resets how many of them were reset
 * @param notTransmitted packets of this machine that did not leave it meanwhile
 */
public record ResendCheck(String address, int port, int connections, int resets,
        long notTransmitted) implements Observation {}
