package probe.evidence;

/** One fact from outside the attempt; each variant says what was looked at and what was seen. */
public sealed interface Observation permits ControlResult, SynSchedule {}
