package probe.evidence.linux;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The counters of this network namespace at one instant, by name: {@code Ip.OutRequests},
 * {@code TcpExt.TCPSynRetrans}, {@code Ip6OutRequests}.
 *
 * <p>Costs 100 to 150 µs, and a few more for each counter that is asked for: of some four hundred, ten are. Needs
 * {@code /proc/self/net}; the counters are those of the namespace, so others' packets count too.
 */
public final class ProcCounters {
    /** Pairs of lines: names, then values, both beginning with the name of the table. */
    private final List<String> tables;
    /** A name and a value on each line. */
    private final List<String> single;

    private ProcCounters(List<String> tables, List<String> single) {
        this.tables = tables;
        this.single = single;
    }

    /** Those of IP that are wanted beside those of TCP: a file each, and a third of the cost. */
    public enum Family {
        /** {@code Ip.}, of {@code self/net/snmp}. */
        IPV4,
        /** {@code Ip6}, of {@code self/net/snmp6}. */
        IPV6
    }

    /** The counters now; none where they cannot be read. */
    public static ProcCounters read(Proc proc, Family family) {
        List<String> tables = new ArrayList<>(pairs(proc.lines("self/net/netstat")));
        return switch (family) {
            case IPV4 -> {
                tables.addAll(pairs(proc.lines("self/net/snmp")));
                yield new ProcCounters(tables, List.of());
            }
            case IPV6 -> new ProcCounters(tables, proc.lines("self/net/snmp6"));
        };
    }

    private static List<String> pairs(List<String> lines) {
        return lines.subList(0, lines.size() / 2 * 2);
    }

    /** Whether there is anything to compare. */
    public boolean isEmpty() {
        return tables.isEmpty() && single.isEmpty();
    }

    /** The value of a counter, or null where this kernel has none of that name. */
    public @Nullable Long get(String name) {
        int dot = name.indexOf('.');
        String number = dot < 0 ? alone(name)
                : inTable(name.substring(0, dot) + ":", name.substring(dot + 1));
        try {
            return number == null ? null : Long.valueOf(number);
        } catch (NumberFormatException notOne) {
            return null;
        }
    }

    private @Nullable String alone(String name) {
        for (String line : single) {
            if (line.startsWith(name) && line.length() > name.length()
                    && Character.isWhitespace(line.charAt(name.length()))) {
                return line.substring(name.length()).strip();
            }
        }
        return null;
    }

    private @Nullable String inTable(String table, String name) {
        for (int i = 0; i < tables.size(); i += 2) {
            if (tables.get(i).startsWith(table)) {
                String number = below(name, tables.get(i), tables.get(i + 1));
                if (number != null) {
                    return number;
                }
            }
        }
        return null;
    }

    /** The word of {@code numbers} that stands where {@code name} stands among {@code names}. */
    private static @Nullable String below(String name, String names, String numbers) {
        int start = names.indexOf(' ') + 1;
        int number = numbers.indexOf(' ') + 1;
        while (start > 0 && number > 0) {
            int end = end(names, start);
            if (end - start == name.length() && names.startsWith(name, start)) {
                return numbers.substring(number, end(numbers, number));
            }
            start = names.indexOf(' ', start) + 1;
            number = numbers.indexOf(' ', number) + 1;
        }
        return null;
    }

    private static int end(String words, int start) {
        int space = words.indexOf(' ', start);
        return space < 0 ? words.length() : space;
    }

    /** How far a counter has moved since {@code earlier}; 0 where either is missing. */
    public long since(ProcCounters earlier, String name) {
        Long now = get(name);
        Long then = earlier.get(name);
        return now == null || then == null ? 0 : now - then;
    }
}
