package probe.diagnosis;

import java.util.ArrayList;
import java.util.List;

/** What the requests of one pool tell beyond the one that is judged. */
public final class PoolDiagnoser {
    private PoolDiagnoser() {}

    /**
     * The verdict on one request that got no connection, seen beside the others: it is the client's own pool, however
     * slow the server is, and the slow server is named as what is behind it.
     */
    public static Diagnosis judge(Diagnosis one, PoolUse use) {
        if (one.kind() != Kind.CONNECTION_REQUEST_TIMEOUT) {
            return one;
        }
        String counts = use.leaseTimeouts() + " of " + use.requests()
                + " requests got no connection of the client's own pool of " + use.size()
                + ", which " + use.concurrency() + " at once asked.";
        String enough = use.sufficient() > use.size()
                ? " A pool of " + use.sufficient() + " would have been enough."
                : "";
        String cause = use.cause().map(text -> " " + text).orElse("");
        List<Evidence> evidence = new ArrayList<>(one.evidence());
        evidence.add(new Evidence("pool", "lease-timeouts",
                use.leaseTimeouts() + " of " + use.requests(), Side.CLIENT, counts));
        use.cause()
                .ifPresent(text -> evidence.add(new Evidence("pool", "connection-kept-ms",
                        Words.millis(java.util.Objects.requireNonNull(use.serviceMedian())),
                        null, text)));
        return new Diagnosis(one.kind(), one.phase(), one.side(), one.locus(), one.confidence(),
                counts + enough + cause, List.copyOf(evidence), one.alternatives(),
                one.requestProcessed());
    }
}
