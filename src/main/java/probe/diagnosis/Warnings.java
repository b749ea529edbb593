package probe.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import probe.attempt.Attempt;
import probe.attempt.CertificateFacts;
import probe.attempt.Excerpt;
import probe.attempt.Failure;
import probe.attempt.HttpFacts;
import probe.attempt.Phase;
import probe.attempt.TlsFacts;

/** What a healthy target should be watched for: what failed beside what worked, and what will fail soon. */
public final class Warnings {
    /**
     * Renewal is due when a third of a certificate's time is left (Let's Encrypt's integration guide; certbot's
     * default of 30 days of 90); half of that is late. Three weeks are enough for certificates of a year.
     */
    private static final int SHARE_OF_LIFETIME = 6;
    private static final Duration AT_MOST = Duration.ofDays(21);
    /** Kerberos, the strictest of the usual readers of clocks, gives up at five minutes (RFC 4120 §1.6). */
    private static final Duration CLOCK_SLACK = Duration.ofMinutes(5);

    private Warnings() {}

    /**
     * The warnings of a healthy target, in a stable order.
     *
     * @param facts what was seen
     * @param now this machine's wall clock
     */
    public static List<Warning> of(Facts facts, Instant now) {
        List<Warning> warnings = new ArrayList<>();
        addresses(facts, warnings);
        lostSyn(facts).ifPresent(warnings::add);
        certificates(facts, now, warnings);
        clock(facts, now).ifPresent(warnings::add);
        bodies(facts).ifPresent(warnings::add);
        return List.copyOf(warnings);
    }

    /** Attempts that failed beside others that succeeded: a whole address, or an address now and then. */
    private static void addresses(Facts facts, List<Warning> warnings) {
        if (facts.attempts().stream().allMatch(Attempt::succeeded)) {
            return;
        }
        Map<String, List<Attempt>> byAddress = Decisive.attempts(facts)
                .stream()
                .collect(Collectors
                        .groupingBy(Words::where, LinkedHashMap::new, Collectors.toList()));
        byAddress.forEach((where, attempts) -> {
            List<Attempt> failed = attempts.stream()
                    .filter(attempt -> !attempt.succeeded())
                    .toList();
            if (failed.isEmpty()) {
                return;
            }
            String kinds = failed.stream()
                    .map(attempt -> kind(facts, attempt))
                    .distinct()
                    .collect(Collectors.joining(", "));
            warnings.add(failed.size() == attempts.size()
                    ? new Warning("address-failed",
                            where + " failed (" + kinds + ") while another address worked.")
                    : new Warning("intermittent",
                            failed.size() + " of " + attempts.size() + " attempts on " + where
                                    + " failed (" + kinds + ")."));
        });
    }

    private static String kind(Facts facts, Attempt attempt) {
        Failure failure = attempt.failure();
        return failure == null ? "" : KindRules.kindOf(facts.target(), attempt, failure).id();
    }

    /** A handshake that was done just after a SYN was sent again had lost the ones before. */
    private static Optional<Warning> lostSyn(Facts facts) {
        List<Duration> instants = SynLoss.instants(facts);
        for (Attempt attempt : facts.attempts()) {
            int lost = SynLoss.before(attempt, instants);
            if (lost > 0) {
                Duration took = attempt.timing(Phase.CONNECT).orElseThrow().duration();
                return Optional.of(new Warning("syn-retransmitted",
                        Words.where(attempt) + " was connected after "
                                + Words.spoken(took) + ", just after a SYN is sent again: "
                                + Words.count(lost, "SYN or its answer was lost.",
                                        "SYNs or their answers were lost.")));
            }
        }
        return Optional.empty();
    }

    private static void certificates(Facts facts, Instant now, List<Warning> warnings) {
        List<TlsFacts> handshakes = facts.attempts()
                .stream()
                .filter(Attempt::succeeded)
                .map(Attempt::tls)
                .filter(Objects::nonNull)
                .toList();
        if (handshakes.isEmpty()) {
            return;
        }
        handshakes.stream()
                .flatMap(tls -> tls.chain().stream())
                .distinct()
                .filter(certificate -> endsSoon(certificate, now))
                .min(Comparator.comparing(CertificateFacts::notAfter))
                .ifPresent(certificate -> warnings.add(new Warning("certificate-ends-soon",
                        "The certificate "
                                + Excerpt.printable(certificate.subject()) + " ends "
                                + in(now, certificate.notAfter())
                                + ", on " + certificate.notAfter() + ".")));
        handshakes.stream()
                .flatMap(tls -> tls.faults().stream())
                .map(fault -> fault.id())
                .distinct()
                .reduce((one, other) -> one + ", " + other)
                .ifPresent(faults -> warnings.add(new Warning("certificate-not-verified",
                        "The certificate would have been refused (" + faults
                                + ") and was forgiven as told.")));
    }

    private static boolean endsSoon(CertificateFacts certificate, Instant now) {
        Duration lifetime = Duration.between(certificate.notBefore(), certificate.notAfter());
        Duration share = Duration.ofSeconds(lifetime.toSeconds() / SHARE_OF_LIFETIME);
        Duration due = share.compareTo(AT_MOST) < 0 ? share : AT_MOST;
        return Duration.between(now, certificate.notAfter()).compareTo(due) < 0;
    }

    private static String in(Instant now, Instant end) {
        Duration left = Duration.between(now, end);
        if (left.isNegative()) {
            return "in the past";
        }
        return left.toDays() < 1 ? "in " + Words.count(left.toHours(), "hour", "hours")
                : "in " + Words.count(left.toDays(), "day", "days");
    }

    /** A clock that is off breaks certificates, tokens and logs, here or there. */
    private static Optional<Warning> clock(Facts facts, Instant now) {
        return facts.attempts()
                .stream()
                .map(Attempt::http)
                .flatMap(Warnings::date)
                .filter(date -> Duration.between(date, now).abs().compareTo(CLOCK_SLACK) > 0)
                .findFirst()
                .map(date -> new Warning("clock-differs",
                        "The answer is dated " + date + ", which is "
                                + Words.count(Duration.between(date, now).abs().toMinutes(),
                                        "minute", "minutes")
                                + (date.isBefore(now) ? " behind" : " ahead of")
                                + " this machine's clock."));
    }

    /** A healthy answer whose end nobody has seen is healthy as far as it was read, and no farther. */
    private static Optional<Warning> bodies(Facts facts) {
        return facts.attempts()
                .stream()
                .filter(Attempt::succeeded)
                .filter(attempt -> attempt.http() != null && attempt.http().isReadInPart())
                .findFirst()
                .map(attempt -> new Warning("body-read-in-part",
                        "The first 1 MiB of the body from " + Words.where(attempt)
                                + " was read; whether and how it ends was not looked at."));
    }

    private static Stream<Instant> date(@Nullable HttpFacts http) {
        return http == null ? Stream.empty() : HttpDate.clock(http).stream();
    }
}
