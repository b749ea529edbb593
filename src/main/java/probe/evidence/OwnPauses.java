package probe.evidence;

import java.time.Duration;

/**
 * How long this program itself stood still while it waited: what came in that time lay unread in its own kernel.
 *
 * @param watched how long was looked
 * @param garbageCollection time spent in garbage collection since then
 * @param timerLateness how much later than it should have the latest of our timers fired: the machine was busy or
 *     suspended, or the process was stopped
 */
public record OwnPauses(Duration watched, Duration garbageCollection, Duration timerLateness)
        implements Observation {}
