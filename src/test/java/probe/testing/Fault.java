package probe.testing;

import java.time.Duration;

/**
 * How one exchange on a {@link FaultServer} goes: an effect at a moment.
 *
 * @param effect what the server does
 * @param moment when it does it
 */
public record Fault(Effect effect, Moment moment) {
    /** No fault: the whole request is read and the reply is sent. */
    public static Fault none() {
        return answer(Moment.AFTER_REQUEST);
    }

    /** A proper reply at an unusual moment, for example while the client is still sending. */
    public static Fault answer(Moment moment) {
        return new Fault(new Effect.Answer(), moment);
    }

    public static Fault close(Moment moment) {
        return new Fault(new Effect.Close(), moment);
    }

    public static Fault halfClose(Moment moment) {
        return new Fault(new Effect.HalfClose(), moment);
    }

    public static Fault reset(Moment moment) {
        return new Fault(new Effect.Reset(), moment);
    }

    public static Fault closeWithUnread(Moment moment) {
        return new Fault(new Effect.CloseWithUnread(), moment);
    }

    public static Fault stall(Moment moment) {
        return new Fault(new Effect.Stall(), moment);
    }

    public static Fault neverRead(Moment moment) {
        return new Fault(new Effect.NeverRead(), moment);
    }

    public static Fault drip(Duration gap, Moment moment) {
        return new Fault(new Effect.Drip(gap), moment);
    }

    public static Fault cut(int bytes, Moment moment) {
        return new Fault(new Effect.Cut(bytes), moment);
    }

    /** Garbage, then an orderly close. */
    public static Fault garbage(Garbage garbage, Moment moment) {
        return say(garbage.payload(), new Effect.Close(), moment);
    }

    /** Any bytes, then any effect: a banner and silence, for example. */
    public static Fault say(Payload payload, Effect then, Moment moment) {
        return new Fault(new Effect.Say(payload, then), moment);
    }

    /** A fatal TLS alert in place of the ServerHello, then an orderly close; for the codes see {@link TlsBytes#alert}. */
    public static Fault alert(int description) {
        return say(TlsBytes.alert(description), new Effect.Close(), Moment.ON_CLIENT_HELLO);
    }

    /** Whether any part of the reply, or of the TLS server's first flight, goes out. */
    boolean sendsReply() {
        return moment == Moment.MID_HANDSHAKE
                || moment == Moment.MID_HEAD
                || moment == Moment.MID_BODY
                || sendsReply(effect);
    }

    private static boolean sendsReply(Effect effect) {
        return switch (effect) {
            case Effect.Answer _,Effect.Drip _,Effect.Cut _ -> true;
            case Effect.Say(Payload _, Effect then) -> sendsReply(then);
            case Effect.Close _,Effect.HalfClose _,Effect.Reset _,Effect.CloseWithUnread _ -> false;
            case Effect.Stall _,Effect.NeverRead _ -> false;
        };
    }
}
