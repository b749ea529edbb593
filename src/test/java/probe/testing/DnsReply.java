package probe.testing;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a {@link TestDnsServer} does about a question. */
public sealed interface DnsReply {
    /** Response codes (RFC 1035 §4.1.1). */
    enum Rcode {
        NOERROR(0),
        FORMERR(1),
        SERVFAIL(2),
        NXDOMAIN(3),
        NOTIMP(4),
        REFUSED(5);

        private final int code;

        Rcode(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }
    }

    /**
     * Why, in the server's own words (RFC 8914); only sent to clients that speak EDNS.
     *
     * @param code for example 6 DNSSEC bogus, 15 blocked, 17 filtered, 22 no reachable authority
     * @param text for people; sent as it is, so it may hold any character
     */
    record ExtendedError(int code, String text) {}

    /**
     * A well-formed response.
     *
     * @param rcode the response code
     * @param answers the answer section; aliases and records of the type asked for are sent, others
     *        left out
     * @param authority the zone whose SOA stands in the authority section; empty for none
     * @param error goes into the OPT record
     */
    record Response(Rcode rcode, List<DnsRecord> answers, Optional<String> authority,
            Optional<ExtendedError> error) implements DnsReply {
        public Response {
            answers = List.copyOf(answers);
        }

        public Response because(int code, String text) {
            return new Response(rcode, answers, authority,
                    Optional.of(new ExtendedError(code, text)));
        }
    }

    /** Nothing; over TCP the connection stays open. */
    record Silence() implements DnsReply {}

    /** Nothing; over TCP the connection is closed. */
    record Hangup() implements DnsReply {}

    /** A proper reply to a question with another id: to be ignored as forged (RFC 5452 §4.4). */
    record WrongId(Response response) implements DnsReply {}

    /** Bytes that are no DNS message; over TCP with their length in front. */
    record Garbage(Payload bytes) implements DnsReply {}

    /** Over UDP an empty answer with the TC bit, over TCP something else (RFC 7766 §5). */
    record Truncated(DnsReply overTcp) implements DnsReply {}

    record Late(Duration delay, DnsReply reply) implements DnsReply {}

    static Response answer(DnsRecord... records) {
        return new Response(Rcode.NOERROR, List.of(records), Optional.empty(), Optional.empty());
    }

    /** The addresses of the name asked for, IPv4 or IPv6 by their literals. */
    static Response addresses(String... literals) {
        return new Response(
                Rcode.NOERROR,
                List.of(literals).stream().map(DnsRecord::address).toList(),
                Optional.empty(),
                Optional.empty());
    }

    /** The name exists, records of this type don't (RFC 2308 §2.2). */
    static Response noData(String zone) {
        return new Response(Rcode.NOERROR, List.of(), Optional.of(zone), Optional.empty());
    }

    /** The name does not exist, by word of {@code zone} (RFC 2308 §2.1). */
    static Response notFound(String zone) {
        return new Response(Rcode.NXDOMAIN, List.of(), Optional.of(zone), Optional.empty());
    }

    /** A code without any record: SERVFAIL, REFUSED, NOTIMP, FORMERR. */
    static Response failure(Rcode rcode) {
        return new Response(rcode, List.of(), Optional.empty(), Optional.empty());
    }

    /** Two aliases that stand for each other. */
    static Response aliasLoop(String name, String other) {
        return answer(DnsRecord.alias(name, other), DnsRecord.alias(other, name));
    }
}
