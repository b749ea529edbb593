package probe.evidence;

/** One fact from outside the attempt; each variant says what was looked at and what was seen. */
public sealed interface Observation
        permits AnswerTtl, ControlResult, CounterChanges, HostsEntry, IcmpAnswer, LateConnect,
        LivenessCheck, LocalListener, NameServerAnswer, NextHop, OwnLimits, OwnPauses, PathTrace,
        ResendCheck, ResolverConfig, RouteFacts, SegmentSizeRetry, SequenceCheck, ServerClock,
        SocketSnapshot,
        SynSchedule,
        TransmitTimes {}
