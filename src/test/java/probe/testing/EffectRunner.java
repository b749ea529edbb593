package probe.testing;

import java.io.IOException;
import java.time.Duration;

/** Does to one connection what an {@link Effect} says. */
final class EffectRunner {
    /** Whether another exchange can follow on the same connection. */
    enum Next {
        EXCHANGE,
        NOTHING
    }

    private final Wire wire;
    private final ServerThreads threads;

    EffectRunner(Wire wire, ServerThreads threads) {
        this.wire = wire;
        this.threads = threads;
    }

    Next run(Effect effect, Outgoing outgoing) throws IOException, InterruptedException {
        switch (effect) {
            case Effect.Answer() -> {
                outgoing.rest();
                return afterwards(outgoing.afterwards());
            }
            case Effect.Drip(Duration gap) -> {
                outgoing.drip(gap, threads);
                return afterwards(outgoing.afterwards());
            }
            case Effect.Say(Payload payload, Effect then) -> {
                wire.write(payload);
                return run(then, outgoing);
            }
            case Effect.Cut(int bytes) -> {
                outgoing.some(bytes);
                wire.cut();
            }
            case Effect.HalfClose() -> {
                wire.halfClose();
                wire.drain();
            }
            case Effect.CloseWithUnread() -> {
                Eventually.holds(wire::hasUnread,
                        () -> "the client sends something to leave unread");
                wire.reset();
            }
            case Effect.Close() -> wire.close();
            case Effect.Reset() -> wire.reset();
            case Effect.Stall() -> wire.drain();
            case Effect.NeverRead() -> threads.waitForClose();
        }
        return Next.NOTHING;
    }

    private Next afterwards(Reply.Afterwards afterwards) throws IOException {
        return switch (afterwards) {
            case KEEP_OPEN -> Next.EXCHANGE;
            case CLOSE -> {
                wire.close();
                yield Next.NOTHING;
            }
            case LINGER -> {
                wire.finish();
                wire.drain();
                yield Next.NOTHING;
            }
        };
    }
}
