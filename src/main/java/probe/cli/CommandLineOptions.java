package probe.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import probe.profile.Settings;

/**
 * A command line, parsed and checked; nothing has been opened yet.
 *
 * @param task what is to be done
 * @param jobs what to probe and how, in the order in which it was written; empty unless {@code task} probes
 * @param proxy {@code --proxy} as it was typed and not yet checked, or null; which target it is for depends on the target
 * @param noProxy {@code --noproxy} as it was typed, or null
 * @param output what is written, where, and how
 * @param concurrency how many targets are probed at once, at least 1
 * @param perHost how many of them at one host, at least 1
 * @param rhythm how the rounds of a series follow each other
 * @param pool how the client's own pool is driven, or null when it is not
 * @param idle how long a connection is held silent before it is used, or null
 */
record CommandLineOptions(Task task, List<Job> jobs, @Nullable String proxy,
        @Nullable String noProxy, OutputOptions output, int concurrency, int perHost,
        Rhythm rhythm, @Nullable PoolOptions pool,
        @Nullable Duration idle) {

    /** How the rounds of a series follow each other. */
    enum Rhythm {
        /** With the same pause between. */
        FIXED,
        /** With pauses that grow while nothing changes: for a wait whose pause nobody has named. */
        GROWING,
        /** After a failure as the advice on it says. */
        BACKOFF;

        Pace pace(Settings settings) {
            return switch (this) {
                case FIXED, GROWING -> Pace.fixed(settings.attempts(), settings.interval());
                case BACKOFF -> Pace.backingOff(settings.attempts(), settings.interval(),
                        ThreadLocalRandom.current());
            };
        }
    }

    /** What is to be done. */
    enum Task {
        /** Print the help. */
        HELP("--help"),
        /** Print the list of kinds. */
        HELP_KINDS("--help-kinds"),
        /** Print ways of reading reports with jq. */
        EXAMPLES("--examples"),
        /** Print the version. */
        VERSION("--version"),
        /** Print the JSON Schema of reports. */
        SCHEMA("--schema"),
        /** Print the JSON Schema of summaries. */
        SUMMARY_SCHEMA("--summary-schema"),
        /** Measure the targets and print what their timers mean. */
        EXPLAIN_TIMEOUTS(null),
        /** The same, for a program. */
        EXPLAIN_TIMEOUTS_IN_JSON(null),
        /** Probe the targets. */
        PROBE(null);

        private final @Nullable String flag;

        Task(@Nullable String flag) {
            this.flag = flag;
        }

        /** The option that asks for it, or null for what is done without one. */
        @Nullable
        String flag() {
            return flag;
        }
    }

    /** A command line that asks for something other than a probe. */
    static CommandLineOptions of(Task task) {
        return new CommandLineOptions(task, List.of(), null, null, OutputOptions.defaults(), 1, 1,
                Rhythm.FIXED, null, null);
    }
}
