package probe.cli;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import probe.diagnosis.Kind;

/**
 * What {@code probe wait} was told.
 *
 * @param probing how each attempt is made
 * @param patience how long all of it may take
 * @param keepOn kinds of fault that are waited for though waiting alone does not cure them
 * @param command what is run when all are ready; may be empty
 */
record WaitOptions(CommandLineOptions probing, Duration patience, Set<Kind> keepOn,
        List<String> command) {
    /** As long as a service of a build's own usually takes to start, a few times over. */
    static final Duration USUAL = Duration.ofSeconds(60);
}
