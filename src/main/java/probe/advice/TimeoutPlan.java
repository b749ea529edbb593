package probe.advice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import probe.attempt.Phase;
import probe.diagnosis.Kind;
import probe.profile.Durations;
import probe.profile.Setting;
import probe.profile.Settings;
import probe.profile.TimeoutName;
import probe.target.Scheme;
import probe.target.Target;

/**
 * The six timers on one line of time: when each begins, when it would fire, what that would be reported as, and what
 * value follows from what was measured.
 *
 * @param timers in the order in which they come
 * @param first the one that would fire first if nobody answered anything
 * @param instants when this kernel sends SYNs, as far as they lie within the connect limit or just past it
 * @param threes what a connect limit of three, six and nine seconds would mean here
 */
public record TimeoutPlan(List<Timer> timers, TimeoutName first, List<Duration> instants,
        List<String> threes) {
    /** A retransmission comes up to 3 % after its nominal instant (experiments of section 1.5). */
    private static final double LATENESS = 1.03;
    /** When the kernel's verdict on a silent neighbour is in: 3.05 to 3.10 s (section 1.5). */
    private static final Duration NEIGHBOUR_VERDICT = Duration.ofMillis(3300);
    /** Where no round trip was measured: twice as far as most targets are. */
    private static final Duration USUAL_ROUND_TRIP = Duration.ofMillis(100);
    /** glibc asks its next name server after this (resolv.conf(5), {@code RES_TIMEOUT}). */
    private static final Duration RESOLVER_TURN = Duration.ofSeconds(5);
    /** One lost packet is sent again after this at the latest (RFC 6298 §2.1). */
    private static final Duration ONE_LOSS = Duration.ofSeconds(1);

    /**
     * One timer.
     *
     * @param name which
     * @param current its value, and who set it
     * @param begins when it begins, counted from the start, when everything before it goes as measured
     * @param fires when it would fire if what it waits for never came
     * @param reportedAs what that is reported as; the deadline's kind where that comes before
     * @param waitsFor what it waits for
     * @param suggested what follows from what was measured, or null where nothing was
     * @param because how
     */
    public record Timer(TimeoutName name, Setting<Duration> current, Duration begins,
            Duration fires, Kind reportedAs, String waitsFor, @Nullable Duration suggested,
            String because) {}

    /**
     * The plan.
     *
     * @param target what was measured
     * @param load of the client's own pool
     */
    public static TimeoutPlan of(Target target, Measured measured, Settings settings,
            PoolLoad load) {
        Duration deadline = settings.timeouts().deadline().value();
        List<Timer> timers = new ArrayList<>();
        List<Duration> sum = new ArrayList<>();
        for (TimeoutName name : List.of(TimeoutName.DNS, TimeoutName.CONNECTION_REQUEST,
                TimeoutName.CONNECT, TimeoutName.TLS, TimeoutName.SOCKET)) {
            Setting<Duration> current = settings.timeouts().get(name);
            Duration begins = measured.start(phase(name)).orElse(Duration.ZERO);
            Duration fires = begins.plus(current.value());
            boolean inPlay = isInPlay(name, target, measured);
            Suggestion suggestion = inPlay ? suggestion(name, measured, load)
                    : new Suggestion(null, "not in play for this target");
            boolean shadowed = fires.compareTo(deadline) > 0;
            if (inPlay) {
                sum.add(suggestion.value == null ? current.value() : suggestion.value);
            }
            timers.add(new Timer(name, current, begins, shadowed ? deadline : fires,
                    shadowed ? Kind.DEADLINE_EXCEEDED : kind(name), waitsFor(name),
                    suggestion.value, suggestion.because));
        }
        Duration body = measured.longest(Phase.RESPONSE_BODY).orElse(Duration.ZERO);
        Duration total = rounded(sum.stream().reduce(body, Duration::plus));
        timers.add(new Timer(TimeoutName.DEADLINE, settings.timeouts().deadline(), Duration.ZERO,
                deadline, Kind.DEADLINE_EXCEEDED, waitsFor(TimeoutName.DEADLINE), total,
                "the sum of those in play" + (body.isZero() ? ""
                        : " and of the longest body, " + Durations.spoken(body))
                        + ": below it the deadline hides what they would tell"));
        return new TimeoutPlan(List.copyOf(timers), first(timers),
                shown(measured, settings.timeouts().connect().value()), threes(measured));
    }

    private static boolean isInPlay(TimeoutName name, Target target, Measured measured) {
        return switch (name) {
            case DNS -> measured.attempts()
                    .stream()
                    .anyMatch(attempt -> attempt.timing(Phase.RESOLVE).isPresent());
            case CONNECTION_REQUEST -> target.scheme().isHttp();
            case TLS -> target.scheme() == Scheme.TLS || target.scheme() == Scheme.HTTPS
                    || measured.longest(Phase.TLS).isPresent();
            case CONNECT, SOCKET, DEADLINE -> true;
        };
    }

    private record Suggestion(@Nullable Duration value, String because) {}

    private static Suggestion suggestion(TimeoutName name, Measured measured, PoolLoad load) {
        return switch (name) {
            case DNS -> new Suggestion(rounded(RESOLVER_TURN.plus(ONE_LOSS)),
                    "the resolver turns to its second name server only after "
                            + Durations.spoken(RESOLVER_TURN) + measured.longest(Phase.RESOLVE)
                                    .map(time -> "; lookups took up to " + Durations.spoken(time))
                                    .orElse(""));
            case CONNECT -> connect(measured);
            case TLS -> handshake(measured);
            case CONNECTION_REQUEST -> measured.service()
                    .map(service -> new Suggestion(rounded(load.longestWait(service)),
                            load.because(service)))
                    .orElse(new Suggestion(null,
                            "no request was measured; ask for a URL to see how long one takes"));
            case SOCKET -> silence(measured);
            case DEADLINE -> throw new IllegalArgumentException("the sum of the others");
        };
    }

    /** Past the retransmission after which the kernel's verdict on a neighbour is in, by two round trips. */
    private static Suggestion connect(Measured measured) {
        Duration trip = measured.roundTrip().orElse(USUAL_ROUND_TRIP);
        Duration least = NEIGHBOUR_VERDICT.compareTo(trip.multipliedBy(2)) >= 0 ? NEIGHBOUR_VERDICT
                : trip.multipliedBy(2);
        int syns = 1;
        Duration suggested = least;
        for (Duration instant : measured.instants()) {
            Duration answered = late(instant).plus(trip.multipliedBy(2));
            if (instant.compareTo(NEIGHBOUR_VERDICT) < 0) {
                syns = measured.instants().indexOf(instant) + 1;
                suggested = answered.compareTo(least) > 0 ? answered : least;
            }
        }
        return new Suggestion(rounded(suggested), "SYN " + syns + " leaves at "
                + Durations.spoken(measured.instants().get(syns - 1))
                + ", and its answer has two round trips of " + Durations.spoken(trip)
                + (measured.roundTrip().isPresent() ? "" : " (assumed; none was measured)")
                + "; a silent neighbour is reported after 3.1 s");
    }

    private static Suggestion handshake(Measured measured) {
        Optional<Duration> longest = measured.longest(Phase.TLS);
        return longest.map(time -> new Suggestion(rounded(time.multipliedBy(2).plus(ONE_LOSS)),
                "twice the longest of " + count(measured, Phase.TLS, "handshake") + ", "
                        + Durations.spoken(time) + ", and one lost packet"))
                .orElse(new Suggestion(null, "no handshake was measured"));
    }

    private static Suggestion silence(Measured measured) {
        int answers = measured.answers();
        return measured.longestWait()
                .map(time -> new Suggestion(rounded(time.multipliedBy(2).plus(ONE_LOSS)),
                        "twice the longest wait for a first byte or the next among " + answers
                                + (answers == 1 ? " answer, " : " answers, ")
                                + Durations.spoken(time) + ", and one lost packet" + (answers < 20
                                        ? "; that is few: --attempts 20 measures better, and the slowest request counts"
                                        : "")))
                .orElse(new Suggestion(null,
                        "no answer was measured; ask for a URL, or give --send and --expect"));
    }

    private static String count(Measured measured, Phase phase, String one) {
        int count = measured.count(phase);
        return count + " " + one + (count == 1 ? "" : "s");
    }

    private static TimeoutName first(List<Timer> timers) {
        Timer first = timers.getLast();
        for (Timer timer : timers) {
            // Who resolves nothing and leases nothing waits for the handshake.
            if (timer.name() == TimeoutName.CONNECT && timer.fires().compareTo(first.fires()) < 0) {
                first = timer;
            }
        }
        return first.name();
    }

    /** Those that count for the limit: all within it, and the next. */
    private static List<Duration> shown(Measured measured, Duration limit) {
        List<Duration> shown = new ArrayList<>();
        for (Duration instant : measured.instants()) {
            shown.add(instant);
            if (instant.compareTo(limit) > 0) {
                break;
            }
        }
        return List.copyOf(shown);
    }

    /**
     * The folklore of the multiple of three comes from the 3 s initial timeout of RFC 1122 §4.2.3.1; RFC 6298 made it
     * 1 s, and what holds here is the schedule of this kernel.
     */
    private static List<String> threes(Measured measured) {
        List<String> told = new ArrayList<>();
        for (int seconds : new int[] {3, 6, 9}) {
            Duration limit = Duration.ofSeconds(seconds);
            long sent = measured.instants()
                    .stream()
                    .filter(instant -> instant.compareTo(limit) < 0)
                    .count();
            Duration last = measured.instants().get((int) sent - 1);
            Optional<Duration> next = measured.instants().stream().skip(sent).findFirst();
            told.add(seconds + " s: " + sent + " SYNs, the last at " + Durations.spoken(last)
                    + next.map(instant -> "; it ends "
                            + Durations.spoken(instant.minus(limit)) + " before the next")
                            .orElse(""));
        }
        return List.copyOf(told);
    }

    private static Phase phase(TimeoutName name) {
        return switch (name) {
            case DNS, DEADLINE -> Phase.RESOLVE;
            case CONNECTION_REQUEST -> Phase.LEASE;
            case CONNECT -> Phase.CONNECT;
            case TLS -> Phase.TLS;
            case SOCKET -> Phase.RESPONSE_HEAD;
        };
    }

    private static Kind kind(TimeoutName name) {
        return switch (name) {
            case DNS -> Kind.DNS_TIMEOUT;
            case CONNECTION_REQUEST -> Kind.CONNECTION_REQUEST_TIMEOUT;
            case CONNECT -> Kind.CONNECT_TIMEOUT;
            case TLS -> Kind.TLS_TIMEOUT;
            case SOCKET -> Kind.READ_TIMEOUT;
            case DEADLINE -> Kind.DEADLINE_EXCEEDED;
        };
    }

    private static String waitsFor(TimeoutName name) {
        return switch (name) {
            case DNS -> "the name servers";
            case CONNECTION_REQUEST -> "a connection of the client's own pool";
            case CONNECT -> "the answer to a SYN, per address";
            case TLS -> "the whole handshake";
            case SOCKET -> "the next byte; a gap, which a dripping server never reaches";
            case DEADLINE -> "everything together; the only total";
        };
    }

    private static Duration late(Duration instant) {
        return Duration.ofNanos((long) (instant.toNanos() * LATENESS));
    }

    /** Up to a tenth of a second: nobody sets 3219 ms. */
    private static Duration rounded(Duration duration) {
        return Duration.ofMillis((duration.toMillis() + 99) / 100 * 100);
    }
}
