package probe.advice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import probe.advice.Advice.TimeoutAdvice;
import probe.attempt.Phase;
import probe.attempt.PhaseTiming;
import probe.diagnosis.Confidence;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Incident;
import probe.diagnosis.Kind;
import probe.diagnosis.OwnFilter;
import probe.diagnosis.Series;
import probe.diagnosis.Series.PhaseStatistics;
import probe.diagnosis.Side;
import probe.evidence.SynSchedule;
import probe.profile.Durations;
import probe.profile.Settings;
import probe.profile.TimeoutName;

/**
 * Limits that would have told more, or let the answer come. Only a limit that fired, only where a number follows from
 * what was measured, and only upwards: a shorter one cures no failure.
 */
final class TimeoutRules {
    /** Linux before 6.5, and what any kernel does at the least (RFC 6298 §2.1): where the schedule is not known. */
    private static final List<Duration> USUAL_INSTANTS = Stream.of(0, 1, 3, 7, 15, 31, 63)
            .map(Duration::ofSeconds)
            .toList();
    /** A retransmission comes up to 3 % after its nominal instant (experiments of section 1.5). */
    private static final double LATENESS = 1.03;
    /** When the kernel's verdict on a silent neighbour is in: 3.05 to 3.10 s (section 1.5). */
    private static final Duration NEIGHBOUR_VERDICT = Duration.ofMillis(3300);
    /** Where no round trip was measured: twice as far as most targets are. */
    private static final Duration USUAL_ROUND_TRIP = Duration.ofMillis(100);
    /** glibc asks its next name server after this (resolv.conf(5), {@code RES_TIMEOUT}). */
    private static final Duration RESOLVER_TURN = Duration.ofSeconds(5);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private TimeoutRules() {}

    /** The limits worth changing; empty when none is, as where a filter of this machine takes the packets. */
    static List<TimeoutAdvice> of(Diagnosis diagnosis, Optional<Incident> incident,
            Settings settings, @Nullable Series series) {
        List<TimeoutAdvice> advice = new ArrayList<>();
        incident.ifPresent(one -> {
            TimeoutName limit = one.failure().limit();
            if (limit != null && !OwnFilter.isProved(diagnosis)) {
                switch (limit) {
                    case CONNECT -> connect(one, settings).ifPresent(advice::add);
                    case DNS -> dns(settings).ifPresent(advice::add);
                    case TLS -> exchange(diagnosis, one, settings, TimeoutName.TLS, 4)
                            .ifPresent(advice::add);
                    case SOCKET -> waits(one, settings, series)
                            .or(() -> exchange(diagnosis, one, settings, TimeoutName.SOCKET, 2))
                            .ifPresent(advice::add);
                    case DEADLINE -> deadline(diagnosis, one, settings).ifPresent(advice::add);
                    case CONNECTION_REQUEST -> {} // Waiting longer for a pool that is too small only hides it.
                }
                room(diagnosis, one, settings, advice).ifPresent(advice::add);
            }
        });
        return List.copyOf(advice);
    }

    /** A limit that ends after the deadline never fires: the deadline has to make room for it. */
    private static Optional<TimeoutAdvice> room(Diagnosis diagnosis, Incident incident,
            Settings settings, List<TimeoutAdvice> longer) {
        return longer.stream()
                .filter(one -> one.name() != TimeoutName.DEADLINE)
                .findFirst()
                .flatMap(one -> suggest(TimeoutName.DEADLINE,
                        settings.timeouts().deadline().value(),
                        start(diagnosis, incident).plus(one.suggested()).plus(SECOND),
                        "the longer " + one.name().flag() + " could not be over before the total"));
    }

    private static Duration start(Diagnosis diagnosis, Incident incident) {
        return incident.attempt()
                .timing(diagnosis.phase())
                .map(PhaseTiming::start)
                .orElse(Duration.ZERO);
    }

    /**
     * Where bytes of an answer had been waited for for more than half of the limit, and came, a silence as long as the
     * limit need not be a fault: twice the longest such wait, and one second for one lost packet (RFC 6298 §2.1).
     */
    private static Optional<TimeoutAdvice> waits(Incident incident, Settings settings,
            @Nullable Series series) {
        Duration current = settings.timeouts().socket().value();
        return Stream.concat(
                new Measured(incident.facts().attempts(), List.of()).longestWait().stream(),
                series == null ? Stream.empty() : headsOf(series))
                .max(Comparator.naturalOrder())
                .filter(wait -> Durations.times(wait, 2).compareTo(current) > 0)
                .flatMap(wait -> suggest(TimeoutName.SOCKET, current,
                        Durations.times(wait, 2).plus(SECOND),
                        "it is less than twice the longest wait for a byte that came, "
                                + Durations.spoken(wait)));
    }

    private static Stream<Duration> headsOf(Series series) {
        return series.phases()
                .stream()
                .filter(phase -> phase.phase() == Phase.RESPONSE_HEAD)
                .map(PhaseStatistics::max)
                .filter(Objects::nonNull);
    }

    /**
     * A connect limit is well placed a little after a SYN retransmission: two round trips, for its answer. It is badly
     * placed just before one, just after one, or before the kernel's verdict on a neighbour.
     */
    private static Optional<TimeoutAdvice> connect(Incident incident, Settings settings) {
        Duration current = settings.timeouts().connect().value();
        Duration trips = Durations.times(incident.roundTrip().orElse(USUAL_ROUND_TRIP), 2);
        List<Duration> instants = incident.facts()
                .observed(SynSchedule.class)
                .findFirst()
                .map(SynSchedule::instants)
                .filter(known -> known.size() > 1)
                .orElse(USUAL_INSTANTS);
        for (Duration instant : instants) {
            Duration answered = late(instant).plus(trips);
            boolean wasted = instant.isPositive() && current.compareTo(instant) >= 0
                    && current.compareTo(answered) < 0;
            if (wasted) {
                return suggest(TimeoutName.CONNECT, current, max(answered, NEIGHBOUR_VERDICT),
                        "the SYN that is sent again at about " + Durations.spoken(instant)
                                + " has no time to be answered");
            }
        }
        if (current.compareTo(instants.get(1)) < 0) {
            return suggest(TimeoutName.CONNECT, current, NEIGHBOUR_VERDICT,
                    "a lost SYN is sent again only after " + Durations.spoken(instants.get(1)));
        }
        return suggest(TimeoutName.CONNECT, current, NEIGHBOUR_VERDICT,
                "a neighbour that does not answer is reported only after 3.1 s");
    }

    private static Duration late(Duration instant) {
        return Duration.ofNanos((long) (instant.toNanos() * LATENESS));
    }

    private static Optional<TimeoutAdvice> dns(Settings settings) {
        Duration current = settings.timeouts().dns().value();
        return suggest(TimeoutName.DNS, current, RESOLVER_TURN.plus(SECOND),
                "the system's resolver turns to its second name server only after "
                        + Durations.spoken(RESOLVER_TURN));
    }

    /**
     * So many round trips, and one second for one lost packet to be sent again (RFC 6298 §2.1). Where the far side is
     * proved to be silent nothing is lost, and no number follows.
     */
    private static Optional<TimeoutAdvice> exchange(Diagnosis diagnosis, Incident incident,
            Settings settings, TimeoutName name, int trips) {
        if (diagnosis.side() == Side.SERVER && diagnosis.confidence() == Confidence.HIGH) {
            return Optional.empty();
        }
        Duration current = settings.timeouts().get(name).value();
        return incident.roundTrip()
                .flatMap(trip -> suggest(name, current, Durations.times(trip, trips).plus(SECOND),
                        "it leaves no time for " + trips + " round trips of "
                                + Durations.spoken(trip)
                                + " and one packet that is lost and sent again"));
    }

    /** Enough for the phase that was cut to reach its own limit, which tells more. */
    private static Optional<TimeoutAdvice> deadline(Diagnosis diagnosis, Incident incident,
            Settings settings) {
        Duration current = settings.timeouts().deadline().value();
        TimeoutName own = switch (diagnosis.phase()) {
            case RESOLVE -> TimeoutName.DNS;
            case LEASE -> TimeoutName.CONNECTION_REQUEST;
            case CONNECT -> TimeoutName.CONNECT;
            case TLS -> TimeoutName.TLS;
            case PROXY, REQUEST, RESPONSE_HEAD, RESPONSE_BODY, EXCHANGE -> TimeoutName.SOCKET;
        };
        Duration needed = start(diagnosis, incident).plus(settings.timeouts().get(own).value())
                .plus(SECOND);
        return diagnosis.kind() == Kind.DEADLINE_EXCEEDED
                ? suggest(TimeoutName.DEADLINE, current, needed,
                        "the phase " + diagnosis.phase().id()
                                + " had not reached its own limit (" + own.flag() + " "
                                + Durations.format(settings.timeouts().get(own).value())
                                + ") when the total was over")
                : Optional.empty();
    }

    /** Rounded up to a tenth of a second: nobody sets 3219 ms. */
    private static Optional<TimeoutAdvice> suggest(TimeoutName name, Duration current,
            Duration suggested,
            String because) {
        Duration rounded = Duration.ofMillis((suggested.toMillis() + 99) / 100 * 100);
        return rounded.compareTo(current) <= 0 ? Optional.empty()
                : Optional.of(new TimeoutAdvice(name, current, rounded, "With " + name.flag() + " "
                        + Durations.format(current) + " " + because + "."));
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
