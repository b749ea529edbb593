package probe.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import probe.profile.Settings;
import probe.report.Format;
import probe.target.Target;

/**
 * A command line, parsed and checked; nothing has been opened yet.
 *
 * @param task what is to be done
 * @param targets what to probe, in the order in which they were written; empty unless {@code task} probes
 * @param settings what the run goes by, the profile and the flags merged
 * @param proxy {@code --proxy} as it was typed and not yet checked, or null; which target it is for depends on the target
 * @param noProxy {@code --noproxy} as it was typed, or null
 * @param format how reports are written
 * @param concurrency how many targets are probed at once, at least 1
 */
record CommandLineOptions(Task task, List<Target> targets, Settings settings,
        @Nullable String proxy,
        @Nullable String noProxy, Format format, int concurrency) {

    /** What is to be done. */
    enum Task {
        /** Probe the targets. */
        PROBE,
        /** Print the help. */
        HELP,
        /** Print the list of kinds. */
        HELP_KINDS,
        /** Print the version. */
        VERSION,
        /** Print the JSON Schema of reports. */
        SCHEMA
    }

    /** A command line that asks for something other than a probe. */
    static CommandLineOptions of(Task task) {
        return new CommandLineOptions(task, List.of(), Settings.defaults(), null, null,
                Format.JSON, 1);
    }
}
