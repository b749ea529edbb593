package probe.evidence;

/** One fact from outside the attempt; each variant says what was looked at and what was seen. */
public sealed interface Observation
        permits AnswerTtl, ControlResult, CounterChanges, IcmpAnswer, LateConnect, LivenessCheck,
        LocalListener, NextHop, OwnLimits, OwnPauses, PathTrace, RouteFacts, SegmentSizeRetry,
        SocketSnapshot, SynSchedule, TransmitTimes {}
