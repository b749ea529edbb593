package probe.report;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import probe.attempt.Attempt;
import probe.attempt.Phase;
import probe.attempt.PhaseOutcome;
import probe.attempt.PhaseTiming;
import probe.profile.Durations;
import probe.profile.Setting;
import probe.profile.TimeoutName;

/**
 * The phases of attempts drawn to one common scale, from the start of the probe to the end of its last phase. A mark
 * stands where the limit of a phase would have ended it, if that lies on the scale.
 */
final class Waterfall {
    private static final int COLUMNS = 32;

    private final Page page;
    private final Duration scale;

    Waterfall(Page page, List<Attempt> attempts) {
        this.page = page;
        this.scale = attempts.stream()
                .map(Attempt::phases)
                .flatMap(Collection::stream)
                .map(timing -> timing.start().plus(timing.duration()))
                .max(Duration::compareTo)
                .filter(end -> !end.isZero())
                .orElse(Duration.ofMillis(1));
    }

    /** One row for each phase of the attempt. */
    void draw(Attempt attempt) {
        for (PhaseTiming timing : attempt.phases()) {
            boolean failed = timing.outcome() == PhaseOutcome.FAILED;
            page.line(failed ? Page.Ink.RED : Page.Ink.PLAIN,
                    String.format("  %s %-13s %s %8s%s",
                            failed ? page.style().glyph("✗", "!") : " ",
                            timing.phase().id(), bar(timing, limit(attempt, timing.phase())),
                            Durations.spoken(timing.duration()), note(attempt, timing)));
        }
    }

    /** One column more than the scale, for the mark of a limit that ended the whole. */
    private String bar(PhaseTiming timing, Optional<Duration> limit) {
        int begin = Math.min(column(timing.start()), COLUMNS - 1);
        int end = Math.max(begin + 1, column(timing.start().plus(timing.duration())));
        StringBuilder bar = new StringBuilder(" ".repeat(begin));
        bar.append(page.style().glyph("█", "=").repeat(end - begin));
        int mark = limit.map(timing.start()::plus)
                .filter(at -> at.compareTo(scale.multipliedBy(2)) < 0)
                .map(this::column)
                .orElse(-1);
        if (mark >= end && mark <= COLUMNS) {
            bar.append(" ".repeat(mark - end)).append(page.style().glyph("┊", "|"));
        }
        return bar + " ".repeat(Math.max(0, COLUMNS + 1 - bar.length()));
    }

    private int column(Duration at) {
        return Math.toIntExact(Math.round((double) at.toNanos() / scale.toNanos() * COLUMNS));
    }

    private static String note(Attempt attempt, PhaseTiming timing) {
        return limit(attempt, timing.phase()).map(limit -> "  limit " + Durations.spoken(limit))
                .or(() -> silence(attempt, timing)
                        .map(limit -> "  silence " + Durations.spoken(limit)))
                .orElse("");
    }

    /** The limit on the whole of a phase. */
    private static Optional<Duration> limit(Attempt attempt, Phase phase) {
        return switch (phase) {
            case RESOLVE -> limit(attempt, TimeoutName.DNS);
            case LEASE -> limit(attempt, TimeoutName.CONNECTION_REQUEST);
            case CONNECT -> limit(attempt, TimeoutName.CONNECT);
            case TLS -> limit(attempt, TimeoutName.TLS);
            case PROXY, REQUEST, RESPONSE_HEAD, RESPONSE_BODY, EXCHANGE -> Optional.empty();
        };
    }

    /** The limit on each silence of a phase; it counts from the last byte, so it has no place on the scale. */
    private static Optional<Duration> silence(Attempt attempt, PhaseTiming timing) {
        return switch (timing.phase()) {
            case PROXY, REQUEST, RESPONSE_HEAD, RESPONSE_BODY,
                    EXCHANGE -> limit(attempt, TimeoutName.SOCKET)
                            .filter(_ -> timing.outcome() == PhaseOutcome.FAILED
                                    && endedBySilence(attempt));
            case RESOLVE, LEASE, CONNECT, TLS -> Optional.empty();
        };
    }

    private static boolean endedBySilence(Attempt attempt) {
        return attempt.failure() != null && attempt.failure().limit() == TimeoutName.SOCKET;
    }

    private static Optional<Duration> limit(Attempt attempt, TimeoutName name) {
        return Optional.ofNullable(attempt.timeouts().get(name)).map(Setting::value);
    }
}
