package probe.diagnosis;

import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import probe.attempt.Attempt;
import probe.attempt.CertificateFacts;
import probe.attempt.Failure;
import probe.attempt.Phase;
import probe.attempt.PhaseTiming;
import probe.attempt.TlsFacts;
import probe.attempt.Via;
import probe.profile.Setting;
import probe.profile.TimeoutName;

/**
 * The failure that is judged, among all facts: what every {@link Rule} looks at.
 *
 * @param facts everything known
 * @param attempt the failed attempt that decides
 * @param failure what ended it
 * @param kind what happened
 */
public record Incident(Facts facts, Attempt attempt, Failure failure, Kind kind) {
    /** A handshake that took longer has had a SYN sent twice: it no longer measures the round trip. */
    private static final Duration LONGEST_ROUND_TRIP = Duration.ofMillis(950);

    /** Whether the kind is one of these. */
    public boolean is(Kind... kinds) {
        // A loop here and in the next: every rule asks, and most get no further.
        for (Kind one : kinds) {
            if (one == kind) {
                return true;
            }
        }
        return false;
    }

    /** Whether the failing phase is one of these. */
    public boolean in(Phase... phases) {
        for (Phase one : phases) {
            if (one == failure.phase()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a proxy stands between: then what acknowledges, closes and resets is the proxy. */
    public boolean isProxied() {
        return attempt.proxy() != null;
    }

    /** The other attempts, in the order in which they were begun. */
    public Stream<Attempt> others() {
        return facts.attempts().stream().filter(other -> !other.equals(attempt));
    }

    /** The raw socket attempts to the same address and port as the one that decides. */
    public Stream<Attempt> rawBeside() {
        return others().filter(other -> other.via() == Via.SOCKET && attempt.via() != Via.SOCKET
                && Objects.equals(other.address(), attempt.address())
                && other.port() == attempt.port());
    }

    /** The peer's own certificate, if one was seen. */
    public Optional<CertificateFacts> leaf() {
        TlsFacts tls = attempt.tls();
        return tls == null ? Optional.empty() : tls.chain().stream().findFirst();
    }

    /** The limit of this name that was in force, if it matters to the attempt. */
    public Optional<Setting<Duration>> limit(@Nullable TimeoutName name) {
        return name == null ? Optional.empty() : Optional.ofNullable(attempt.timeouts().get(name));
    }

    /**
     * The shortest TCP handshake with the same address that needed no second SYN: one round trip, and a little.
     */
    public Optional<Duration> roundTrip() {
        return facts.attempts()
                .stream()
                .filter(other -> Objects.equals(other.address(), attempt.address()))
                .filter(other -> other.reached(Phase.CONNECT))
                .flatMap(other -> other.timing(Phase.CONNECT).stream())
                .map(PhaseTiming::duration)
                .filter(duration -> duration.compareTo(LONGEST_ROUND_TRIP) < 0)
                .min(Comparator.naturalOrder());
    }
}
