package probe.evidence;

import org.jspecify.annotations.Nullable;

/**
 * How close this process and this machine are to limits of their own; each is null where it could not be read.
 *
 * @param openFiles descriptors that this process has open
 * @param openFilesLimit how many it may have ({@code RLIMIT_NOFILE})
 * @param portsInUse local ports of the ephemeral range that TCP sockets of this machine hold, TIME-WAIT included
 * @param portsInRange how many there are ({@code net.ipv4.ip_local_port_range})
 */
public record OwnLimits(
        @Nullable Long openFiles,
        @Nullable Long openFilesLimit,
        @Nullable Long portsInUse,
        @Nullable Long portsInRange) implements Observation {}
