package probe.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import probe.attempt.Excerpt;
import probe.attempt.Failure;
import probe.attempt.Via;
import probe.cli.OutputOptions.Talk;
import probe.profile.Durations;
import probe.report.WorkflowCommands;
import probe.target.AddressText;
import probe.target.Target;

/** Says on standard error what is done as it happens, to those who asked for it; safe for use by several threads. */
final class Narrator {
    private final Console console;
    private final Talk talk;
    private final long began = System.nanoTime();

    Narrator(Console console, Talk talk) {
        this.console = console;
        this.talk = talk;
    }

    /** Whether somebody listens. */
    boolean speaks() {
        return talk.includes(Talk.VERBOSE);
    }

    /** Whether stacks of exceptions are wanted; also by the environment, for what fails before options are read. */
    boolean debugs() {
        return talk.includes(Talk.DEBUG) || console.environment().containsKey("PROBE_DEBUG");
    }

    /** A connect is about to begin. */
    void connecting(Target target, Via via, InetSocketAddress remote) {
        if (speaks()) {
            say(target, via.id() + " connects to " + where(remote));
        }
    }

    /** The handshake is done. */
    void connected(Target target, Via via) {
        if (speaks()) {
            say(target, via.id() + " is connected");
        }
    }

    /** The first byte is about to be written. */
    void writing(Target target, Via via) {
        if (speaks()) {
            say(target, via.id() + " sends");
        }
    }

    /** An attempt has failed. */
    void failing(Target target, Via via, Failure failure) {
        if (speaks()) {
            say(target, via.id() + " fails in " + failure.phase().id() + ": " + failure.name().id()
                    + " after " + Durations.spoken(failure.elapsed())
                    + (talk.includes(Talk.DEBUG) ? ", " + failure.exception() + ": "
                            + failure.message() : ""));
        }
    }

    /** Something about a target. */
    void say(Target target, String text) {
        if (speaks()) {
            double seconds = (System.nanoTime() - began) / 1e9;
            line(String.format(java.util.Locale.ROOT, "%8.3f %s: %s", seconds, target, text));
        }
    }

    private static String where(InetSocketAddress remote) {
        return remote.isUnresolved() ? remote.getHostString()
                : AddressText.of(remote.getAddress()) + " port " + remote.getPort();
    }

    /** One write a line, so that those of several threads do not mix. */
    private void line(String text) {
        try {
            console.err()
                    .write((WorkflowCommands.disarmed(Excerpt.printable(text)) + "\n")
                            .getBytes(StandardCharsets.UTF_8));
        } catch (IOException nobodyListens) {
            // what nobody reads need not be said
        }
    }
}
