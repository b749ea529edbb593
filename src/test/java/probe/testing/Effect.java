package probe.testing;

import java.time.Duration;

/** What a server does at a {@link Moment}. Make them through {@link Fault}'s factory methods. */
public sealed interface Effect {
    /** Sends the reply, or what is left of it, and goes on as {@link Reply#afterwards()} says. */
    record Answer() implements Effect {}

    /** Closes in order: with TLS close_notify, then FIN. What had arrived was read, so no reset follows by itself. */
    record Close() implements Effect {}

    /** FIN in one direction (without close_notify), then goes on reading until the client closes. */
    record HalfClose() implements Effect {}

    /** RST, by closing with SO_LINGER 0. */
    record Reset() implements Effect {}

    /** Closes while bytes of the client lie unread; Linux then sends RST instead of FIN (tcp_close in net/ipv4/tcp.c). */
    record CloseWithUnread() implements Effect {}

    /** Says nothing more and holds the connection open, reading and dropping what comes, until the client closes. */
    record Stall() implements Effect {}

    /** Says nothing more and reads nothing more; the receive buffer is as small as the kernel allows. */
    record NeverRead() implements Effect {}

    /**
     * Sends the rest of the reply byte by byte.
     *
     * @param gap the pause before each byte
     */
    record Drip(Duration gap) implements Effect {}

    /**
     * Sends a part of the rest of the reply, then FIN without close_notify.
     *
     * @param bytes how many bytes of the rest; may be 0, may not be more than there are
     */
    record Cut(int bytes) implements Effect {}

    /**
     * Sends bytes that are not the reply, then does the next effect.
     *
     * @param payload the bytes, sent as they are
     * @param then what to do afterwards
     */
    record Say(Payload payload, Effect then) implements Effect {}
}
