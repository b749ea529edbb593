package probe.cli;

import probe.profile.Settings;
import probe.target.Target;

/**
 * One target to probe.
 *
 * @param target what is asked
 * @param settings how, without the proxy, which is chosen when its turn comes
 */
record Job(Target target, Settings settings) {}
