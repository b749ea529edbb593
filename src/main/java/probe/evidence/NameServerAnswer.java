package probe.evidence;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one name server said when it was asked directly, past the system's resolver, after a lookup had failed.
 *
 * @param server its address, a literal
 * @param name the full name it was asked for, without the last dot; {@code .} for the root of all names
 * @param purpose why it was asked
 * @param recordType what it was asked for
 * @param transport how the last word came, or was waited for
 * @param outcome how it ended
 * @param rcode the response code (RFC 1035 §4.1.1, RFC 6891 §6.1.3), or null without a response
 * @param addresses the addresses in the answer, literals
 * @param aliases what the name stands for (CNAME), in the order of the answer, printable
 * @param zone the zone that says no: owner of the SOA in the authority section (RFC 2308 §2), or null
 * @param extendedError code of the extended error (RFC 8914 §4), or null
 * @param extendedErrorText its text, printable, cut; null where there was none
 * @param duration until the answer, or until it was given up
 */
public record NameServerAnswer(
        String server,
        String name,
        Purpose purpose,
        RecordType recordType,
        Transport transport,
        Outcome outcome,
        @Nullable Integer rcode,
        List<String> addresses,
        List<String> aliases,
        @Nullable String zone,
        @Nullable Integer extendedError,
        @Nullable String extendedErrorText,
        Duration duration) implements Observation {

    /** Takes copies of the lists. */
    public NameServerAnswer {
        addresses = List.copyOf(addresses);
        aliases = List.copyOf(aliases);
    }

    /** Why a name server is asked. */
    public enum Purpose {
        /** The name of the target, as it was written. */
        NAME("name"),
        /** The name of the target with a search domain behind it, as the system's resolver tries too. */
        SEARCH("search"),
        /** A name that must exist: does this server resolve anything at all? */
        CONTROL("control");

        private final String id;

        Purpose(String id) {
            this.id = id;
        }

        /** The stable word for it. */
        public String id() {
            return id;
        }

        /** The purpose with this {@link #id()}. */
        public static Optional<Purpose> byId(String id) {
            for (Purpose purpose : values()) {
                if (purpose.id.equals(id)) {
                    return Optional.of(purpose);
                }
            }
            return Optional.empty();
        }
    }

    /** What is asked for. */
    public enum RecordType {
        /** IPv4 addresses. */
        A("a"),
        /** IPv6 addresses. */
        AAAA("aaaa"),
        /** The authority of a zone. */
        SOA("soa");

        private final String id;

        RecordType(String id) {
            this.id = id;
        }

        /** The stable word for it. */
        public String id() {
            return id;
        }

        /** The type with this {@link #id()}. */
        public static Optional<RecordType> byId(String id) {
            for (RecordType type : values()) {
                if (type.id.equals(id)) {
                    return Optional.of(type);
                }
            }
            return Optional.empty();
        }
    }

    /** How a question goes out. */
    public enum Transport {
        /** The first try. */
        UDP("udp"),
        /** After an answer that was cut (the TC bit, RFC 7766 §5). */
        TCP("tcp");

        private final String id;

        Transport(String id) {
            this.id = id;
        }

        /** The stable word for it. */
        public String id() {
            return id;
        }

        /** The transport with this {@link #id()}. */
        public static Optional<Transport> byId(String id) {
            for (Transport transport : values()) {
                if (transport.id.equals(id)) {
                    return Optional.of(transport);
                }
            }
            return Optional.empty();
        }
    }

    /** How a question ended; ordered, the most telling first. */
    public enum Outcome {
        /** Records of the type asked for. */
        ANSWERED("answered"),
        /** The name exists and has no record of this type (NODATA, RFC 2308 §2.2). */
        NO_DATA("no-data"),
        /** The name does not exist (NXDOMAIN). */
        NOT_FOUND("not-found"),
        /** SERVFAIL: the server could not find out. */
        SERVER_FAILURE("server-failure"),
        /** REFUSED: the server does not want to answer this client, or this question. */
        REFUSED("refused"),
        /** Another error code. */
        ERROR("error"),
        /** What came was no DNS message, or no answer to this question (RFC 5452 §9.1). */
        BAD_RESPONSE("bad-response"),
        /** Nothing came. */
        TIMED_OUT("timed-out"),
        /** Nobody listens there (ICMP port unreachable, a refused connection), or there is no way there. */
        UNREACHABLE("unreachable");

        private final String id;

        Outcome(String id) {
            this.id = id;
        }

        /** The stable word for it. */
        public String id() {
            return id;
        }

        /** Whether the server spoke, and in DNS. */
        public boolean isResponse() {
            return this != BAD_RESPONSE && this != TIMED_OUT && this != UNREACHABLE;
        }

        /** Whether the question was settled: yes, or a no that the zone itself stands for. */
        public boolean isConclusive() {
            return this == ANSWERED || this == NO_DATA || this == NOT_FOUND;
        }

        /** The outcome with this {@link #id()}. */
        public static Optional<Outcome> byId(String id) {
            for (Outcome outcome : values()) {
                if (outcome.id.equals(id)) {
                    return Optional.of(outcome);
                }
            }
            return Optional.empty();
        }
    }
}
