package probe.prober;

import org.jspecify.annotations.Nullable;
import probe.attempt.FailureName;
import probe.attempt.PeerState;

/**
 * What ended a handshake, as a fact.
 *
 * @param name the fact
 * @param alert code of the fatal alert that the peer sent, or null
 */
record TlsFailure(FailureName name, @Nullable Integer alert) {

    /**
     * The fact behind a handshake that failed. What was seen on the wire comes before what was thrown, because JSSE
     * throws the same for many things: first what this side refused, then what the peer said, then how the connection
     * ended.
     *
     * @param seen what the exception alone says, or the limit that fired
     */
    static TlsFailure of(TlsWitness witness, Tap tap, SocketFailures seen,
            @Nullable Exception thrown) {
        Integer clear = witness.records().fatalAlert();
        Integer alert = clear == null ? TlsAlert.receivedIn(thrown) : clear;
        return new TlsFailure(name(witness, tap, seen, alert), alert);
    }

    private static FailureName name(TlsWitness witness, Tap tap, SocketFailures seen,
            @Nullable Integer alert) {
        if (witness.chain() == TlsWitness.Chain.REFUSED) {
            return FailureName.CERTIFICATE_REJECTED;
        }
        if (witness.records().spoken() == TlsRecords.Spoken.SOMETHING_ELSE) {
            return FailureName.NOT_TLS;
        }
        if (alert != null) {
            return FailureName.TLS_ALERT;
        }
        if (seen.limit() != null) {
            return seen.name();
        }
        PeerState peer = tap.peer();
        return switch (peer) {
            case CLOSED, CLOSED_BEFORE_REQUEST -> FailureName.CLOSED;
            case RESET, RESET_BEFORE_REQUEST -> FailureName.RESET;
            case NONE, OPEN -> seen.name() == FailureName.UNKNOWN ? FailureName.TLS_FAILED
                    : seen.name();
        };
    }
}
