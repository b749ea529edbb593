package probe.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import probe.advice.Advice;
import probe.attempt.Attempt;
import probe.attempt.CertificateFacts;
import probe.attempt.Excerpt;
import probe.attempt.Failure;
import probe.attempt.TlsFacts;
import probe.diagnosis.Alternative;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Evidence;
import probe.diagnosis.PoolUse;
import probe.diagnosis.Series;
import probe.profile.Durations;
import probe.report.Page.Ink;

/**
 * A report for people: the verdict, the phases drawn to scale, why, what else it could be, what to do. At most 80
 * columns. Everything from the network is made harmless on the way.
 */
public final class TextReport {
    private final Page page;

    private TextReport(TextStyle style) {
        this.page = new Page(style);
    }

    /**
     * Writes the report, followed by an empty line, with a single call of {@code append}.
     *
     * @throws IOException when {@code out} throws it
     */
    public static void write(Report report, Appendable out, TextStyle style) throws IOException {
        TextReport text = new TextReport(style);
        text.heading(report);
        Series series = report.series();
        PoolUse pool = report.pool();
        if (pool != null) {
            text.pool(pool);
            text.attempts(telling(report.attempts()));
        } else if (series == null) {
            text.attempts(report.attempts());
        } else {
            text.series(series);
            text.attempts(lastRound(report.attempts(), series));
        }
        if (report.diagnosis() != null) {
            text.evidence(report.diagnosis().evidence());
            text.alternatives(report.diagnosis().alternatives());
        }
        if (report.advice() != null) {
            text.advice(report.advice());
        }
        text.page.blank();
        out.append(text.page.toString());
    }

    /** The verdict alone, as one line for people, harmless to a terminal. */
    public static String verdict(Report report) {
        Diagnosis diagnosis = report.diagnosis();
        Page page = new Page(TextStyle.plain());
        return page.safe(diagnosis == null
                ? report.target() + ": healthy, in " + Durations.spoken(report.duration())
                : report.target() + ": " + diagnosis.kind().id() + ", " + diagnosis.side().id()
                        + " side (" + diagnosis.locus().id() + "), "
                        + diagnosis.confidence().id() + " confidence: " + diagnosis.summary());
    }

    private void heading(Report report) {
        Diagnosis diagnosis = report.diagnosis();
        if (diagnosis == null) {
            page.item(page.style().glyph("✓ ", "OK "), Ink.GREEN,
                    report.target() + ": healthy, in " + Durations.spoken(report.duration()));
        } else {
            page.item(page.style().glyph("✗ ", "FAILED "), Ink.RED,
                    report.target() + ": " + diagnosis.kind().id() + ", " + diagnosis.side().id()
                            + " side ("
                            + diagnosis.locus().id() + "), " + diagnosis.confidence().id()
                            + " confidence");
            page.paragraph(2, Ink.PLAIN, diagnosis.summary());
            page.paragraph(2, Ink.PLAIN, switch (diagnosis.requestProcessed()) {
                case NO -> "The server cannot have acted on the request.";
                case POSSIBLY -> "The server may have acted on the request.";
                case YES -> "The server has acted on the request.";
            });
        }
        report.warnings()
                .forEach(warning -> page.item("  " + page.style().glyph("⚠ ", "! "), Ink.YELLOW,
                        warning.text() + " (" + warning.code() + ")"));
    }

    /** Of many requests a page shows one of those that got no connection, or that failed, or the first. */
    private static List<Attempt> telling(List<Attempt> attempts) {
        return attempts.stream()
                .filter(PoolUse::diedWaiting)
                .findFirst()
                .or(() -> attempts.stream().filter(attempt -> !attempt.succeeded()).findFirst())
                .or(() -> attempts.stream().findFirst())
                .stream()
                .toList();
    }

    private void pool(PoolUse pool) {
        page.blank();
        page.line(Ink.BOLD, "Pool");
        page.paragraph(2, Ink.PLAIN, pool.requests() + " requests, " + pool.concurrency()
                + " at once, over " + pool.size() + " connections: " + pool.failed()
                + " failed, " + pool.leaseTimeouts() + " of them for want of a connection");
        page.paragraph(2, Ink.PLAIN, "lease: median " + spoken(pool.leaseMedian()) + ", longest "
                + spoken(pool.leaseMax()) + "; connection kept: median "
                + spoken(pool.serviceMedian()) + ", longest " + spoken(pool.serviceMax())
                + ", of which until the answer began " + spoken(pool.firstByteMedian()));
        page.paragraph(2, Ink.PLAIN,
                "a pool of " + pool.sufficient() + " is enough for this load");
    }

    /** A page shows the last round; the others are in its statistics. */
    private static List<Attempt> lastRound(List<Attempt> attempts, Series series) {
        int last = series.rounds().isEmpty() ? 0 : series.rounds().getLast().attempts();
        return attempts.subList(Math.max(0, attempts.size() - last), attempts.size());
    }

    private void series(Series series) {
        page.blank();
        page.line(Ink.BOLD, "Series");
        page.paragraph(2, Ink.PLAIN, series.made()
                + (series.asked() > series.made() ? " of " + series.asked() : "")
                + " attempts, " + series.failed() + " failed: " + series.pattern().id());
        page.line(Ink.DIM, String.format("  %-27s %-9s %8s %8s %8s %8s", "phase", "failed", "min",
                "median", "p95", "max"));
        for (Series.PhaseStatistics one : series.phases()) {
            page.line(one.failed() > 0 ? Ink.RED : Ink.PLAIN,
                    String.format("  %-11s %-15s %-9s %8s %8s %8s %8s", one.via().id(),
                            one.phase().id(), one.failed() + " of " + one.count(),
                            spoken(one.min()), spoken(one.median()), spoken(one.p95()),
                            spoken(one.max())));
        }
    }

    private static String spoken(@Nullable Duration duration) {
        return duration == null ? "-" : Durations.spoken(duration);
    }

    private void attempts(List<Attempt> attempts) {
        Waterfall waterfall = new Waterfall(page, attempts);
        for (Attempt attempt : attempts) {
            page.blank();
            page.paragraph(2, Ink.BOLD, attempt.via().id()
                    + (attempt.address() == null ? "" : " to " + attempt.address()) + " port "
                    + attempt.port()
                    + (attempt.proxy() == null ? "" : " (proxy " + attempt.proxy().proxy() + ")"));
            waterfall.draw(attempt);
            if (attempt.http() != null && attempt.http().status() != null) {
                page.paragraph(4, Ink.PLAIN,
                        attempt.http().method() + " answered with " + attempt.http().status());
            }
            tls(attempt.tls());
            received(attempt.received());
            if (attempt.failure() != null) {
                page.paragraph(4, Ink.RED,
                        failure(attempt.failure(), AlsoKnownAs.of(attempt.failure(), attempt)));
            }
        }
    }

    private void tls(@Nullable TlsFacts tls) {
        if (tls != null && !tls.chain().isEmpty()) {
            CertificateFacts leaf = tls.chain().getFirst();
            page.paragraph(4, Ink.PLAIN, "certificate of " + leaf.subject() + " for "
                    + String.join(", ", leaf.names()) + ", by " + leaf.issuer() + ", from "
                    + day(leaf.notBefore()) + " to " + day(leaf.notAfter()));
        }
    }

    private static String day(Instant instant) {
        return instant.truncatedTo(ChronoUnit.DAYS).toString().substring(0, 10);
    }

    private void received(@Nullable Excerpt excerpt) {
        if (excerpt != null && !excerpt.isEmpty()) {
            page.paragraph(4, Ink.PLAIN,
                    "received " + excerpt.total() + " bytes: " + excerpt.text());
        }
    }

    private static String failure(Failure failure, AlsoKnownAs names) {
        String known = Stream
                .of(names.errno(), names.curl() == null ? null : "curl exit " + names.curl(),
                        names.nel(), names.ooni(),
                        names.grpc() == null ? null : "gRPC " + names.grpc(),
                        names.k6() == null ? null : "k6 " + names.k6())
                .filter(name -> name != null)
                .collect(Collectors.joining(", "));
        return failure.name().id() + " after " + Durations.spoken(failure.elapsed())
                + (known.isEmpty() ? "" : "; elsewhere called " + known);
    }

    private void evidence(List<Evidence> evidence) {
        heading("Evidence", evidence);
        for (Evidence step : evidence) {
            page.item("  " + (step.supports() == null ? page.style().glyph("·", "-") + "      "
                    : step.supports().id() + " "), Ink.PLAIN, step.text());
        }
    }

    private void alternatives(List<Alternative> alternatives) {
        heading("Not excluded", alternatives);
        for (Alternative other : alternatives) {
            page.item("  " + other.side().id() + " ", Ink.PLAIN,
                    other.text() + " (" + other.locus().id() + ")");
            page.item("         to settle it: ", Ink.DIM, other.settleWith());
        }
    }

    private void advice(Advice advice) {
        heading("What to do", List.of(advice));
        page.item("  retry  ", Ink.PLAIN, advice.retry().id() + ": " + advice.reasons().helps());
        page.item("  safe   ", Ink.PLAIN, switch (advice.safeFor()) {
            case ANY_METHOD -> "for any request: ";
            case IDEMPOTENT_ONLY -> "for idempotent requests only: ";
            case NONE -> "for no request: ";
        } + advice.reasons().safe());
        if (advice.retryAfter() != null) {
            page.paragraph(9, Ink.PLAIN,
                    "The server asks to wait " + Durations.spoken(advice.retryAfter()) + ".");
        }
        if (advice.backoff() != null) {
            page.paragraph(9, Ink.PLAIN, backoff(advice.backoff()));
        }
        for (Advice.TimeoutAdvice timeout : advice.timeouts()) {
            page.item("  limit  ", Ink.PLAIN,
                    timeout.name().flag() + " " + Durations.format(timeout.suggested())
                            + " instead of " + Durations.format(timeout.current()) + ": "
                            + timeout.because());
        }
        for (Advice.Action action : advice.actions()) {
            page.item("  " + action.who().id() + " ", Ink.PLAIN, action.text());
        }
    }

    private static String backoff(Advice.Backoff backoff) {
        return "At most " + backoff.maxAttempts()
                + " attempts (" + backoff.flag() + "); each pause drawn between 0 and a bound of "
                + Durations.format(backoff.initial()) + " that grows "
                + factor(backoff.multiplier())
                + " up to " + Durations.format(backoff.max())
                + "; repeats at most " + Math.round(100 * backoff.retryBudget())
                + " % of all requests. " + backoff.hides();
    }

    private static String factor(double multiplier) {
        return BigDecimal.valueOf(multiplier).stripTrailingZeros().toPlainString() + "-fold";
    }

    private void heading(String title, List<?> content) {
        if (!content.isEmpty()) {
            page.blank();
            page.line(Ink.BOLD, title);
        }
    }
}
