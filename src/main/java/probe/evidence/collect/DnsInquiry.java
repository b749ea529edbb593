package probe.evidence.collect;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import probe.evidence.NameServerAnswer;
import probe.evidence.NameServerAnswer.Outcome;
import probe.evidence.NameServerAnswer.Purpose;
import probe.evidence.NameServerAnswer.RecordType;
import probe.evidence.NameServerAnswer.Transport;
import probe.evidence.Observation;
import probe.evidence.ResolverConfig;

/**
 * Why a name could not be resolved, asked of each name server directly: the system's resolver folds SERVFAIL,
 * REFUSED, silence and garbage into one error.
 *
 * <p>Costs at most {@link #BUDGET} and, for each of at most three servers, one small packet a question, two where it
 * is silent: the name's IPv4 and IPv6 addresses, the name with each search domain that the system would try, and the
 * authority of the root as a control. All are asked at once. Needs nothing; the library that reads the answers is
 * loaded with the first question.
 */
public final class DnsInquiry {
    /** What {@link probe.profile.EvidenceLevel#NORMAL} allows after a failure. */
    public static final Duration BUDGET = Duration.ofMillis(1_500);
    private static final int DNS_PORT = 53;
    private static final String ROOT = ".";

    private record Question(String name, Purpose purpose, RecordType type) {}

    private record Task(String server, Question question) {}

    private final DnsFiles files;
    private final int port;
    private final Thread.Builder threads;

    /** Its questions are asked on threads of the kind that this is called on: there may be thousands of them. */
    DnsInquiry(DnsFiles files, int port) {
        this.files = files;
        this.port = port;
        this.threads = Thread.currentThread().isVirtual() ? Thread.ofVirtual()
                : Thread.ofPlatform().daemon();
    }

    /** An inquiry by the files of this machine. */
    public static DnsInquiry ofSystem() {
        return new DnsInquiry(DnsFiles.ofSystem(), DNS_PORT);
    }

    /** What the files of this machine say of the name; nothing is sent. */
    public List<Observation> look(String host) {
        List<Observation> found = new ArrayList<>(List.of(DnsConfig.read(files)));
        DnsConfig.hosts(files, host).ifPresent(found::add);
        return found;
    }

    /** How long the system's resolver waits for the first name server before it turns to another one or gives up. */
    Duration patience() {
        return DnsConfig.timeout(files);
    }

    /**
     * What the files say, and what the name servers answer.
     *
     * @param host a name in ASCII form
     * @param budget how long this may take; never longer than {@link #BUDGET}
     */
    public List<Observation> ask(String host, Duration budget) {
        return begin(host, budget).answers(BUDGET.plus(Asked.GRACE));
    }

    /** As {@link #ask}, but the answers are not waited for yet. */
    Asked begin(String host, Duration budget) {
        List<Observation> found = look(host);
        ResolverConfig config = DnsConfig.read(files);
        List<String> servers = config.servers().isEmpty() ? List.of("127.0.0.1") : config.servers();
        List<Task> tasks = new ArrayList<>();
        for (String server : servers) {
            for (Question question : questions(host, config)) {
                tasks.add(new Task(server, question));
            }
        }
        return new Asked(found, tasks, budget.compareTo(BUDGET) < 0 ? budget : BUDGET);
    }

    private static List<Question> questions(String host, ResolverConfig config) {
        List<Question> questions = new ArrayList<>();
        questions.add(new Question(host, Purpose.NAME, RecordType.A));
        questions.add(new Question(host, Purpose.NAME, RecordType.AAAA));
        questions.add(new Question(ROOT, Purpose.CONTROL, RecordType.SOA));
        if (!host.endsWith(".")) { // a last dot says: this and no other
            for (String domain : config.searchDomains()) {
                if (!domain.equals(ROOT)) {
                    questions.add(new Question(host + "." + domain, Purpose.SEARCH, RecordType.A));
                }
            }
        }
        return questions;
    }

    /** Questions that are under way, one thread each, as each mostly waits. */
    final class Asked {
        /** They end by themselves, on a busy machine somewhat later. */
        private static final Duration GRACE = Duration.ofMillis(250);

        private final List<Observation> files;
        private final AtomicReferenceArray<@Nullable NameServerAnswer> told;
        private final CountDownLatch open;
        private final long end;

        private Asked(List<Observation> files, List<Task> tasks, Duration budget) {
            this.files = files;
            this.told = new AtomicReferenceArray<>(tasks.size());
            this.open = new CountDownLatch(tasks.size());
            // The library is loaded here, on no question's time.
            List<Optional<DnsMessage>> messages = tasks.stream().map(DnsInquiry::message).toList();
            this.end = System.nanoTime() + budget.toNanos();
            for (int i = 0; i < tasks.size(); i++) {
                int index = i;
                threads.name("probe-dns").start(() -> {
                    try {
                        told.set(index, DnsInquiry.this.ask(tasks.get(index), messages.get(index),
                                end).orElse(null));
                    } finally {
                        open.countDown();
                    }
                });
            }
        }

        /** For how long what is not here counts as unanswered; negative while answers are waited for. */
        Duration age() {
            return Duration.ofNanos(System.nanoTime() - end);
        }

        /**
         * What the files say, and the answers; what is not there at the end was not answered.
         *
         * @param wait how long the end may be waited for; what is not there by then is left out
         */
        List<Observation> answers(Duration wait) {
            try {
                open.await(Math.min(wait.toNanos(), end - System.nanoTime() + GRACE.toNanos()),
                        TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            List<Observation> found = new ArrayList<>(files);
            for (int i = 0; i < told.length(); i++) {
                NameServerAnswer answer = told.get(i);
                if (answer != null) {
                    found.add(answer);
                }
            }
            return found;
        }
    }

    private static Optional<DnsMessage> message(Task task) {
        return DnsMessage.question(task.question().name(), task.question().type());
    }

    /** The budget is counted from the start of all, not from when a thread gets to run. */
    private Optional<NameServerAnswer> ask(Task task, Optional<DnsMessage> question, long end) {
        return question
                .map(message -> answer(task,
                        address(task.server())
                                .map(server -> DnsConversation.ask(server, message,
                                        Duration.ofNanos(Math.max(1, end - System.nanoTime()))))
                                .orElseGet(() -> new DnsConversation.Result(Transport.UDP,
                                        Outcome.UNREACHABLE, null, Duration.ZERO))));
    }

    /** Empty for what is no address, such as one with the zone of an interface that is gone. */
    private Optional<InetSocketAddress> address(String literal) {
        try {
            return Optional.of(new InetSocketAddress(InetAddress.ofLiteral(literal), port));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    private static NameServerAnswer answer(Task task, DnsConversation.Result result) {
        Question question = task.question();
        DnsMessage.Reply reply = result.reply();
        String name = question.name().length() > 1 && question.name().endsWith(".")
                ? question.name().substring(0, question.name().length() - 1)
                : question.name();
        return new NameServerAnswer(task.server(), name, question.purpose(), question.type(),
                result.transport(), result.outcome(), reply == null ? null : reply.rcode(),
                reply == null ? List.of() : reply.addresses(),
                reply == null ? List.of() : reply.aliases(), reply == null ? null : reply.zone(),
                reply == null ? null : reply.extendedError(),
                reply == null ? null : reply.extendedErrorText(), result.duration());
    }
}
