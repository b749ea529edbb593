package probe.attempt;

import org.jspecify.annotations.Nullable;

/**
 * Payload bytes of one connection, as the application's side of the socket saw them: with TLS, the records.
 *
 * @param sent handed to the kernel
 * @param acknowledged of those, acknowledged by the peer's kernel; null where the kernel was not asked. Not a
 *     lower bound on what the peer has read after a reset (evidence: experiments of section 3)
 * @param received taken from the kernel
 */
public record Bytes(long sent, @Nullable Long acknowledged, long received) {

    /** No byte either way, the kernel not asked. */
    public static final Bytes NONE = new Bytes(0, null, 0);
}
