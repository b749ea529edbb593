package probe.evidence;

import java.util.List;
import java.util.Optional;

/**
 * How this machine turns names into addresses, as its files say ({@code resolv.conf(5)}, {@code nsswitch.conf(5)}).
 *
 * @param file what became of reading {@code resolv.conf}
 * @param servers the name servers that are asked, address literals, at most three as in glibc; empty when none is
 *     configured, and then 127.0.0.1 is asked
 * @param searchDomains what is tried behind a short name, in this order
 * @param ndots a name with at least so many dots is first tried as it is
 * @param sources where hosts are looked up, in this order: the words of the line {@code hosts:}
 */
public record ResolverConfig(
        File file,
        List<String> servers,
        List<String> searchDomains,
        int ndots,
        List<String> sources) implements Observation {

    /** Takes copies of the lists. */
    public ResolverConfig {
        servers = List.copyOf(servers);
        searchDomains = List.copyOf(searchDomains);
        sources = List.copyOf(sources);
    }

    /** What became of reading {@code resolv.conf}. */
    public enum File {
        /** It names at least one server. */
        NAMES_SERVERS("names-servers"),
        /** It is there and names none. */
        NAMES_NO_SERVER("names-no-server"),
        /** It is not there, or may not be read. */
        UNREADABLE("unreadable");

        private final String id;

        File(String id) {
            this.id = id;
        }

        /** The stable word for it. */
        public String id() {
            return id;
        }

        /** The state with this {@link #id()}. */
        public static Optional<File> byId(String id) {
            for (File file : values()) {
                if (file.id.equals(id)) {
                    return Optional.of(file);
                }
            }
            return Optional.empty();
        }
    }
}
