package probe.advice;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import probe.profile.Durations;

/**
 * For how long a connection may be silent, as several connections found that were silent for different times.
 *
 * @param trials each connection, by its silence
 * @param longestAlive the longest silence after which a connection still worked, or null when none did
 * @param shortestDead the shortest silence after which one did not, or null when all did
 * @param ending how that one ended
 */
public record IdleLimit(List<Trial> trials, @Nullable Duration longestAlive,
        @Nullable Duration shortestDead, Ending ending) {

    /**
     * One connection.
     *
     * @param idle how long it was silent
     * @param ending what had become of it when it was used again
     */
    public record Trial(Duration idle, Ending ending) {}

    /** What had become of a connection when it was used again. */
    public enum Ending {
        /** It worked. */
        ALIVE("alive", "still worked"),
        /** The far end had closed it (FIN). */
        CLOSED("closed", "had been closed by the server"),
        /** It was reset as it was used, or before: mostly by a box that keeps state. */
        RESET("reset",
                "was reset, which is what a firewall or balancer does that has forgotten it"),
        /** What was sent on it was never answered. */
        FORGOTTEN("forgotten", "was silently forgotten: nothing answers on it"),
        /** It was never kept: the server closes after each answer. */
        NOT_KEPT("not-kept", "is not kept by the server at all"),
        /** It could not even be made. */
        NOT_MADE("not-made", "could not be made"),
        /** None had been used again when the search was ended. */
        PENDING("pending", "had not been used again");

        private final String id;
        private final String meaning;

        Ending(String id, String meaning) {
            this.id = id;
            this.meaning = meaning;
        }

        /** The stable word for it. */
        public String id() {
            return id;
        }

        /** The rest of a sentence about the connection. */
        public String meaning() {
            return meaning;
        }
    }

    /**
     * The limit that trials tell. A connection that died earlier than one that lived is a matter of chance; the limit
     * lies above the longest that lived.
     */
    public static IdleLimit of(List<Trial> trials) {
        List<Trial> sorted = trials.stream().sorted(Comparator.comparing(Trial::idle)).toList();
        Duration alive = sorted.stream()
                .filter(trial -> trial.ending() == Ending.ALIVE)
                .map(Trial::idle)
                .reduce((one, other) -> other)
                .orElse(null);
        Optional<Trial> dead = sorted.stream()
                .filter(trial -> trial.ending() != Ending.ALIVE)
                .filter(trial -> alive == null || trial.idle().compareTo(alive) > 0)
                .findFirst();
        return new IdleLimit(sorted, alive, dead.map(Trial::idle).orElse(null),
                dead.map(Trial::ending).orElse(alive == null ? Ending.PENDING : Ending.ALIVE));
    }

    /** For how long a client should keep a silent connection at most: four fifths of what was seen to work. */
    public Optional<Duration> keepAlive() {
        return shortestDead == null || longestAlive == null ? Optional.empty()
                : Optional.of(longestAlive.multipliedBy(4).dividedBy(5));
    }

    /** After which silence a client should look before it uses a connection: half of what was seen to work. */
    public Optional<Duration> validateAfter() {
        return keepAlive().isEmpty() || longestAlive == null ? Optional.empty()
                : Optional.of(longestAlive.dividedBy(2));
    }

    /** What was found and what to set, in sentences. */
    public List<String> advice() {
        if (ending == Ending.NOT_MADE || ending == Ending.NOT_KEPT && longestAlive == null) {
            return List
                    .of("A connection " + ending.meaning() + ": there is no idle limit to find.");
        }
        if (ending == Ending.PENDING) {
            return List.of("No connection had been silent for long enough to tell anything.");
        }
        if (shortestDead == null) {
            return List.of("A connection that was silent for "
                    + Durations.spoken(longestAlive == null ? Duration.ZERO : longestAlive)
                    + " still worked; the limit, if there is one, is longer: --for searches further.");
        }
        String found = "A connection that was silent for " + Durations.spoken(shortestDead) + " "
                + ending.meaning() + (longestAlive == null ? "."
                        : "; after " + Durations.spoken(longestAlive) + " one still worked.");
        if (longestAlive == null) {
            return List.of(found, "Search from a shorter silence: --for "
                    + Durations.format(shortestDead) + ".");
        }
        Duration keep = keepAlive().orElse(longestAlive);
        Duration look = validateAfter().orElse(longestAlive);
        String looks = ending == Ending.FORGOTTEN
                ? "Looking before use (validateAfterInactivity) does not see it: nothing has come that"
                        + " could be seen. TCP keep-alive every "
                        + Durations.format(look) + " (TCP_KEEPIDLE) keeps the entry alive."
                : "Look before use after " + Durations.format(look)
                        + ": ConnectionConfig.setValidateAfterInactivity.";
        return List.of(found,
                "Keep idle connections for at most " + Durations.format(keep)
                        + ": evictIdleConnections or setTimeToLive of HttpClient 5,"
                        + " IdleConnTimeout of Go, keepAliveTimeout of undici.",
                looks,
                "A timeToLive of " + Durations.format(keep)
                        + " is safe in any case; it bounds the whole life of a connection.");
    }
}
