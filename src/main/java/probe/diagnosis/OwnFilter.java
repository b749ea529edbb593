package probe.diagnosis;

import java.util.List;

/**
 * What a packet filter of this machine does, as the evidence words it: or its route or link, where the kernel says no
 * more than that bytes do not get out. Each of these is written by one rule, and only where it is proved does
 * {@link #isProved} hold.
 */
public final class OwnFilter {
    /** Packets that were written and never left this machine ({@code Ip OutTransmits} against {@code OutRequests}). */
    static final String TAKES = "out-not-transmitted";
    /** Packets that came to this machine and were given to no program ({@code Ip InDelivers}). */
    static final String KEEPS = "in-not-delivered";
    /** By the kernel's own times what was written reached no network device ({@code SO_TIMESTAMPING}). */
    static final String HOLDS = "sent-after-ms";
    /** Bytes that the kernel tries to send, within the peer's window, and cannot (section 6, 4 of the experiments). */
    static final String STOPS = "bytes-not-sent";
    /** An ICMP error that an own address sent ({@code SO_EE_OFFENDER}). */
    static final String REJECTS = "icmp-from";

    private static final List<String> FACTS = List.of(TAKES, KEEPS, HOLDS, STOPS, REJECTS);

    private OwnFilter() {}

    /** Is it proved that this machine itself is what stops the packets? Such a thing stays until somebody changes it. */
    public static boolean isProved(Diagnosis diagnosis) {
        return diagnosis.locus() == Locus.LOCAL_HOST && diagnosis.confidence() == Confidence.HIGH
                && diagnosis.evidence()
                        .stream()
                        .anyMatch(step -> step.supports() == Side.CLIENT
                                && FACTS.contains(step.fact()));
    }
}
