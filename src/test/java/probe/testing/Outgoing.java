package probe.testing;

import java.io.IOException;
import java.time.Duration;

/** A reply on its way, and how much of it is out. */
final class Outgoing {
    private final Wire wire;
    private final Reply reply;
    private final Payload all;
    private int sent;

    Outgoing(Wire wire, Reply reply) {
        this.wire = wire;
        this.reply = reply;
        this.all = reply.head().plus(reply.body());
    }

    Reply.Afterwards afterwards() {
        return reply.afterwards();
    }

    void halfOfHead() throws IOException {
        some(reply.head().length() / 2);
    }

    void headAndHalfOfBody() throws IOException {
        if (reply.body().length() < 2) {
            throw new IllegalArgumentException("this reply has no body to stop in");
        }
        some(reply.head().length() + reply.body().length() / 2);
    }

    /** The next {@code count} bytes. */
    void some(int count) throws IOException {
        if (count > all.length() - sent) {
            throw new IllegalArgumentException(
                    "the reply has " + (all.length() - sent) + " more bytes, not " + count);
        }
        wire.write(all.slice(sent, sent + count));
        sent += count;
    }

    /** All that is left, with what the reply repeats. */
    void rest() throws IOException {
        some(all.length() - sent);
        for (long i = 0; i < reply.repeats(); i++) {
            wire.write(reply.repeated());
        }
    }

    void drip(Duration gap, ServerThreads threads) throws IOException, InterruptedException {
        while (sent < all.length()) {
            threads.pause(gap);
            some(1);
        }
        for (long i = 0; i < reply.repeats(); i++) {
            for (int at = 0; at < reply.repeated().length(); at++) {
                threads.pause(gap);
                wire.write(reply.repeated().slice(at, at + 1));
            }
        }
    }
}
