package probe.diagnosis;

import java.util.List;
import probe.evidence.NameServerAnswer.Outcome;

/** What name servers do, as parts of sentences. */
final class DnsWords {
    private DnsWords() {}

    /** {@code The name server 192.0.2.1} or {@code The name servers 192.0.2.1, 192.0.2.2}. */
    static String the(List<String> servers) {
        return "The name server" + (servers.size() == 1 ? " " : "s ") + String.join(", ", servers);
    }

    /** The form of a verb that fits so many servers: {@code answers} for one, {@code answer} for more. */
    static String verb(List<String> servers, String plural) {
        return plural + (servers.size() == 1 ? "s" : "");
    }

    /** What a server does, after its name. */
    static String does(Outcome outcome) {
        return switch (outcome) {
            case ANSWERED -> "has the address";
            case NO_DATA -> "says that it has no address";
            case NOT_FOUND -> "says that it does not exist";
            case SERVER_FAILURE -> "answers SERVFAIL";
            case REFUSED -> "refuses";
            case ERROR -> "answers with another error code";
            case BAD_RESPONSE -> "sends what is no answer";
            case TIMED_OUT -> "is silent";
            case UNREACHABLE -> "cannot be reached";
        };
    }
}
