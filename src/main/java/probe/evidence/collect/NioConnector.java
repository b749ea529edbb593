package probe.evidence.collect;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import probe.evidence.ControlResult.Outcome;

/**
 * Connects with Java's own channels: on any system, without knowing who refused. The class of the exception is all
 * there is; ConnectException stands for a refusal, as our own limit comes long before the kernel's.
 *
 * <p>Costs 100 µs a plan beside the waiting. Needs nothing.
 */
final class NioConnector implements Connector {

    @Override
    public List<ConnectResult> connect(List<ConnectPlan> plans, Duration limit) {
        @Nullable
        ConnectResult[] results = new @Nullable ConnectResult[plans.size()];
        long begun = System.nanoTime();
        List<SocketChannel> channels = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < results.length; i++) {
                results[i] = begin(plans.get(i), i, selector, channels);
            }
            long end = begun + limit.toNanos();
            while (Arrays.asList(results).contains(null)) {
                long left = (end - System.nanoTime() + 999_999) / 1_000_000;
                if (left <= 0) {
                    break;
                }
                selector.select(key -> finish(key, plans, results, begun), left);
            }
        } catch (IOException noSelector) {
            // Out of descriptors; what has no result yet gets the one below.
        } finally {
            channels.forEach(NioConnector::close);
        }
        List<ConnectResult> ended = new ArrayList<>();
        for (int i = 0; i < results.length; i++) {
            ConnectResult result = results[i];
            ended.add(result != null ? result
                    : new ConnectResult(plans.get(i), Outcome.TIMED_OUT, 0, null, since(begun)));
        }
        return ended;
    }

    /** Begins, or gives the result where there is one at once. */
    private static @Nullable ConnectResult begin(ConnectPlan plan, int index, Selector selector,
            List<SocketChannel> channels) {
        long begun = System.nanoTime();
        if (!plan.isOrdinary()) {
            return new ConnectResult(plan, Outcome.FAILED, 0, null, Duration.ZERO);
        }
        try {
            SocketChannel channel = SocketChannel.open();
            channels.add(channel);
            channel.configureBlocking(false);
            if (!channel.connect(plan.remote())) {
                channel.register(selector, SelectionKey.OP_CONNECT, index);
                return null;
            }
            return new ConnectResult(plan, Outcome.CONNECTED, 0, null, since(begun));
        } catch (IOException | RuntimeException refused) {
            return new ConnectResult(plan, outcome(refused), 0, null, since(begun));
        }
    }

    private static void finish(SelectionKey key, List<ConnectPlan> plans,
            @Nullable ConnectResult[] results,
            long begun) {
        int index = (int) key.attachment();
        Outcome outcome;
        try {
            ((SocketChannel) key.channel()).finishConnect();
            outcome = Outcome.CONNECTED;
        } catch (IOException refused) {
            outcome = outcome(refused);
        }
        key.cancel();
        results[index] = new ConnectResult(plans.get(index), outcome, 0, null, since(begun));
    }

    private static Outcome outcome(Exception thrown) {
        return switch (thrown) {
            case NoRouteToHostException _ -> Outcome.UNREACHABLE;
            case ConnectException _ -> Outcome.REFUSED;
            default -> Outcome.FAILED;
        };
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException ignored) {
            // It carried nothing.
        }
    }
}
