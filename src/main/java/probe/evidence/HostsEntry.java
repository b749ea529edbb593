package probe.evidence;

import java.util.List;

/**
 * The name stands in the hosts file of this machine, which (unless {@code nsswitch.conf} says otherwise) is believed
 * before any name server.
 *
 * @param name the name, as it was looked up
 * @param addresses what the file gives for it, literals, in its order
 */
public record HostsEntry(String name, List<String> addresses) implements Observation {

    /** Takes a copy of the list. */
    public HostsEntry {
        addresses = List.copyOf(addresses);
    }
}
