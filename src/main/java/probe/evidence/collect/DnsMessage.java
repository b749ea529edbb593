package probe.evidence.collect;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import probe.attempt.Excerpt;
import probe.evidence.NameServerAnswer.Outcome;
import probe.evidence.NameServerAnswer.RecordType;
import probe.target.AddressText;

/** Questions and answers in the words of the wire; the only class that knows the library for them. */
final class DnsMessage {
    /** What fits a packet on every path (DNS flag day 2020); also what makes servers speak RFC 8914. */
    private static final int UDP_SIZE = 1232;
    /** An answer with more records than this is cut. */
    private static final int MAX_RECORDS = 20;

    private final Message query;
    private final RecordType type;

    private DnsMessage(Message query, RecordType type) {
        this.query = query;
        this.type = type;
    }

    /**
     * A question, or empty when the name cannot be one (RFC 1035 §2.3.4).
     *
     * @param name a full name, with or without the last dot; {@code .} is the root
     */
    static Optional<DnsMessage> question(String name, RecordType type) {
        try {
            Name absolute = Name.fromString(name, Name.root);
            Message query = Message.newQuery(Record.newRecord(absolute, number(type), DClass.IN));
            query.addRecord(new OPTRecord(UDP_SIZE, 0, 0), Section.ADDITIONAL);
            return Optional.of(new DnsMessage(query, type));
        } catch (TextParseException tooLong) {
            return Optional.empty();
        }
    }

    private static int number(RecordType type) {
        return switch (type) {
            case A -> Type.A;
            case AAAA -> Type.AAAA;
            case SOA -> Type.SOA;
        };
    }

    /** The question as it goes out. */
    byte[] bytes() {
        return query.toWire();
    }

    /** What the name servers' words come to. */
    record Reply(Outcome outcome, int rcode, List<String> addresses, List<String> aliases,
            @Nullable String zone, @Nullable Integer extendedError,
            @Nullable String extendedErrorText, Completeness completeness) {}

    /** Whether an answer fitted its packet. */
    enum Completeness {
        WHOLE,
        /** The TC bit: the rest is to be had over TCP. */
        TRUNCATED
    }

    /** The answer in these bytes, or empty when they are none to this question. */
    Optional<Reply> answer(byte[] bytes) {
        try {
            Message message = new Message(bytes);
            Record asked = query.getQuestion();
            boolean fits = message.getHeader().getID() == query.getHeader().getID()
                    && message.getHeader().getFlag(Flags.QR)
                    // Servers that cannot read a question may leave it out of the error.
                    && (message.getQuestion() == null ? message.getRcode() != Rcode.NOERROR
                            : message.getQuestion().equals(asked));
            return fits ? Optional.of(read(message)) : Optional.empty();
        } catch (IOException | RuntimeException notDns) { // hostile bytes reach unchecked ones too
            return Optional.empty();
        }
    }

    private Reply read(Message message) {
        List<String> addresses = new ArrayList<>();
        List<String> aliases = new ArrayList<>();
        boolean found = false;
        for (Record record : message.getSection(Section.ANSWER)) {
            found |= record.getType() == number(type);
            switch (record) {
                case ARecord a -> addresses.add(literal(a.getAddress()));
                case AAAARecord aaaa -> addresses.add(literal(aaaa.getAddress()));
                case CNAMERecord alias -> aliases.add(printable(alias.getTarget()));
                default -> {} // signatures and the like
            }
        }
        String zone = message.getSection(Section.AUTHORITY)
                .stream()
                .filter(SOARecord.class::isInstance)
                .map(soa -> printable(soa.getName()))
                .findFirst()
                .orElse(null);
        ExtendedErrorCodeOption error = extendedError(message);
        return new Reply(outcome(message.getRcode(), found), message.getRcode(), cut(addresses),
                cut(aliases), zone, error == null ? null : error.getErrorCode(),
                error == null || error.getText() == null || error.getText().isEmpty() ? null
                        : Excerpt.printable(error.getText()),
                message.getHeader().getFlag(Flags.TC) ? Completeness.TRUNCATED
                        : Completeness.WHOLE);
    }

    private static Outcome outcome(int rcode, boolean found) {
        return switch (rcode) {
            case Rcode.NOERROR -> found ? Outcome.ANSWERED : Outcome.NO_DATA;
            case Rcode.NXDOMAIN -> Outcome.NOT_FOUND;
            case Rcode.SERVFAIL -> Outcome.SERVER_FAILURE;
            case Rcode.REFUSED -> Outcome.REFUSED;
            default -> Outcome.ERROR;
        };
    }

    private static @Nullable ExtendedErrorCodeOption extendedError(Message message) {
        OPTRecord opt = message.getOPT();
        if (opt == null) {
            return null;
        }
        for (EDNSOption option : opt.getOptions()) {
            if (option instanceof ExtendedErrorCodeOption error) {
                return error;
            }
        }
        return null;
    }

    private static String literal(InetAddress address) {
        return AddressText.of(address);
    }

    /** Without the last dot, except for the root; the library has escaped what is no letter. */
    private static String printable(Name name) {
        return Excerpt.printable(name.equals(Name.root) ? "." : name.toString(true));
    }

    private static List<String> cut(List<String> records) {
        return records.stream().limit(MAX_RECORDS).toList();
    }
}
