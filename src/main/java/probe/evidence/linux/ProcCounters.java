package probe.evidence.linux;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The counters of this network namespace at one instant, by name: {@code Ip.OutRequests},
 * {@code TcpExt.TCPSynRetrans}, {@code Ip6OutRequests}.
 *
 * <p>Costs 100 to 150 µs. Needs {@code /proc/self/net}; the counters are those of the namespace, so others' packets
 * count too.
 */
public final class ProcCounters {
    private final Map<String, Long> values;

    private ProcCounters(Map<String, Long> values) {
        this.values = values;
    }

    /** The counters now; none where they cannot be read. */
    public static ProcCounters read(Proc proc) {
        Map<String, Long> values = new HashMap<>();
        addTable(values, proc.lines("self/net/snmp"));
        addTable(values, proc.lines("self/net/netstat"));
        for (String line : proc.lines("self/net/snmp6")) {
            String[] words = line.strip().split("\\s+", -1);
            if (words.length == 2) {
                put(values, words[0], words[1]);
            }
        }
        return new ProcCounters(values);
    }

    /** Pairs of lines: names, then values, both beginning with the name of the table. */
    private static void addTable(Map<String, Long> values, List<String> lines) {
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            String[] names = lines.get(i).split(" ", -1);
            String[] numbers = lines.get(i + 1).split(" ", -1);
            String table = names[0].replace(":", ".");
            for (int j = 1; j < Math.min(names.length, numbers.length); j++) {
                put(values, table + names[j], numbers[j]);
            }
        }
    }

    private static void put(Map<String, Long> values, String name, String number) {
        try {
            values.put(name, Long.parseLong(number));
        } catch (NumberFormatException notOne) {
            // Ip6 tables of some kernels hold words; no counter of ours is among them.
        }
    }

    /** Whether there is anything to compare. */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** The value of a counter, or null where this kernel has none of that name. */
    public @Nullable Long get(String name) {
        return values.get(name);
    }

    /** How far a counter has moved since {@code earlier}; 0 where either is missing. */
    public long since(ProcCounters earlier, String name) {
        Long now = values.get(name);
        Long then = earlier.values.get(name);
        return now == null || then == null ? 0 : now - then;
    }
}
