package probe.evidence.linux;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The counters of this network namespace at one instant, by name: {@code Ip.OutRequests},
 * {@code TcpExt.TCPSynRetrans}, {@code Ip6OutRequests}.
 *
 * <p>Costs 60 to 100 µs, half of it the kernel's, and 3 kB while it is kept. Needs
 * {@code /proc/self/net}; the counters are those of the namespace, so others' packets count too.
 */
public final class ProcCounters {
    /** The tables that anything is concluded from; of six there is a file of its own. */
    private static final Set<String> TABLES = Set.of("Ip", "TcpExt");
    private static final String SIX = "Ip6";
    /** Where each counter stands, by the line of their names: a kernel that runs has one such line for each table. */
    private static final Map<String, Map<String, Integer>> COLUMNS = new ConcurrentHashMap<>();

    private final List<Table> tables;

    private ProcCounters(List<Table> tables) {
        this.tables = tables;
    }

    /** Some of the counters: where each stands, by its whole name, and their values. */
    private static final class Table {
        private final Map<String, Integer> columns;
        private final long[] numbers;

        Table(Map<String, Integer> columns, long[] numbers) {
            this.columns = columns;
            this.numbers = numbers;
        }
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
        List<Table> tables = new ArrayList<>(pairs(proc.lines("self/net/netstat")));
        switch (family) {
            case IPV4 -> tables.addAll(pairs(proc.lines("self/net/snmp")));
            case IPV6 -> tables.addAll(single(proc.lines("self/net/snmp6")));
        }
        return new ProcCounters(tables);
    }

    /** Of pairs of lines: names, then numbers, both beginning with the name of the table. */
    private static List<Table> pairs(List<String> lines) {
        List<Table> tables = new ArrayList<>();
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            String names = lines.get(i);
            int colon = names.indexOf(':');
            if (colon > 0 && TABLES.contains(names.substring(0, colon))) {
                Map<String, Integer> columns = COLUMNS.get(names);
                if (columns == null) {
                    columns = columns(names.substring(0, colon), names.substring(colon + 1));
                    COLUMNS.put(names, columns);
                }
                add(tables, columns, lines.get(i + 1).substring(colon + 1));
            }
        }
        return tables;
    }

    private static Map<String, Integer> columns(String table, String names) {
        Map<String, Integer> columns = new HashMap<>();
        for (String name : names.strip().split(" ", -1)) {
            columns.put(table + "." + name, columns.size());
        }
        return Map.copyOf(columns);
    }

    /** Of lines with a name and a number each. */
    private static List<Table> single(List<String> lines) {
        Map<String, Integer> columns = new HashMap<>();
        StringBuilder numbers = new StringBuilder();
        for (String line : lines) {
            int space = line.indexOf(' ');
            if (space > 0 && line.startsWith(SIX)) {
                columns.put(line.substring(0, space), columns.size());
                numbers.append(' ').append(line.substring(space).strip());
            }
        }
        List<Table> tables = new ArrayList<>();
        add(tables, columns, numbers.toString());
        return tables;
    }

    /** A table whose numbers are none is left out. */
    private static void add(List<Table> tables, Map<String, Integer> columns, String line) {
        long[] numbers = new long[columns.size()];
        int start = 1;
        try {
            for (int i = 0; i < numbers.length; i++) {
                int space = line.indexOf(' ', start);
                int end = space < 0 ? line.length() : space;
                numbers[i] = Long.parseLong(line, start, end, 10);
                start = end + 1;
            }
        } catch (NumberFormatException | IndexOutOfBoundsException garbled) {
            return;
        }
        if (numbers.length > 0) {
            tables.add(new Table(columns, numbers));
        }
    }

    /** Whether there is anything to compare. */
    public boolean isEmpty() {
        return tables.isEmpty();
    }

    /** The value of a counter, or null where this kernel has none of that name. */
    public @Nullable Long get(String name) {
        for (Table table : tables) {
            Integer column = table.columns.get(name);
            if (column != null) {
                return table.numbers[column];
            }
        }
        return null;
    }

    /** How far a counter has moved since {@code earlier}; 0 where either is missing. */
    public long since(ProcCounters earlier, String name) {
        Long now = get(name);
        Long then = earlier.get(name);
        return now == null || then == null ? 0 : now - then;
    }
}
