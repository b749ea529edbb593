package probe.evidence.collect;

import java.net.InetSocketAddress;
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
     * The answer about a name's IPv4 addresses, without a network.
     *
     * @param server makes the answer's bytes from those of the question
     */
    public static NameServerAnswer read(String name, UnaryOperator<byte[]> server) {
        DnsMessage question = DnsMessage.question(name, RecordType.A).orElseThrow();
        Optional<DnsMessage.Reply> reply = question.answer(server.apply(question.bytes()));
        return answer(name, new DnsConversation.Result(Transport.UDP,
                reply.map(DnsMessage.Reply::outcome).orElse(Outcome.BAD_RESPONSE),
                reply.orElse(null), Duration.ofMillis(1)));
    }

    /** The answer about a name's IPv4 addresses, from a server that is asked over UDP, and over TCP if it wants that. */
    public static NameServerAnswer ask(InetSocketAddress server, String name, Duration budget) {
        return answer(name, DnsConversation.ask(server,
                DnsMessage.question(name, RecordType.A).orElseThrow(), budget));
    }

    private static NameServerAnswer answer(String name, DnsConversation.Result result) {
        Optional<DnsMessage.Reply> reply = Optional.ofNullable(result.reply());
        return new NameServerAnswer("192.0.2.53", name, Purpose.NAME, RecordType.A,
                result.transport(), result.outcome(),
                reply.map(DnsMessage.Reply::rcode).orElse(null),
                reply.map(DnsMessage.Reply::addresses).orElse(List.of()),
                reply.map(DnsMessage.Reply::aliases).orElse(List.of()),
                reply.map(DnsMessage.Reply::zone).orElse(null),
                reply.map(DnsMessage.Reply::extendedError).orElse(null),
                reply.map(DnsMessage.Reply::extendedErrorText).orElse(null), result.duration());
    }
}
