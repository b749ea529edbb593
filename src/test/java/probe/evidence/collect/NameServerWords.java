package probe.evidence.collect;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import probe.evidence.NameServerAnswer;
import probe.evidence.NameServerAnswer.Outcome;
import probe.evidence.NameServerAnswer.Purpose;
import probe.evidence.NameServerAnswer.RecordType;
import probe.evidence.NameServerAnswer.Transport;

/** What an inquiry makes of any bytes that a name server may answer with; for tests of other packages. */
public final class NameServerWords {
    private NameServerWords() {}

    /**
     * The answer about a name's IPv4 addresses.
     *
     * @param server makes the answer's bytes from those of the question
     */
    public static NameServerAnswer read(String name, UnaryOperator<byte[]> server) {
        DnsMessage question = DnsMessage.question(name, RecordType.A).orElseThrow();
        Optional<DnsMessage.Reply> reply = question.answer(server.apply(question.bytes()));
        return new NameServerAnswer("192.0.2.53", name, Purpose.NAME, RecordType.A, Transport.UDP,
                reply.map(DnsMessage.Reply::outcome).orElse(Outcome.BAD_RESPONSE),
                reply.map(DnsMessage.Reply::rcode).orElse(null),
                reply.map(DnsMessage.Reply::addresses).orElse(List.of()),
                reply.map(DnsMessage.Reply::aliases).orElse(List.of()),
                reply.map(DnsMessage.Reply::zone).orElse(null),
                reply.map(DnsMessage.Reply::extendedError).orElse(null),
                reply.map(DnsMessage.Reply::extendedErrorText).orElse(null), Duration.ofMillis(1));
    }
}
