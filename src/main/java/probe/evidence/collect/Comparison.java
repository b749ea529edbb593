package probe.evidence.collect;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import probe.evidence.ControlResult;
import probe.evidence.RouteFacts;
import probe.profile.Settings;
import probe.target.Target;

/**
 * The {@link Controls} of one target, under way on threads of their own: those with addresses at once, those with
 * names as soon as the names are known, which may be never.
 *
 * <p>Costs two threads, none where there is nothing to compare with, and what {@link Controls} and {@link NamedControls} cost.
 */
final class Comparison {
    private final List<FutureTask<List<ControlResult>>> parts;

    private Comparison(List<FutureTask<List<ControlResult>>> parts) {
        this.parts = parts;
    }

    /**
     * Begins.
     *
     * @param failed the address that does not answer as it should, or null when no address was known
     * @param attempted every address that was attempted
     * @param limit when what is silent is given up
     * @param routes those to where packets go
     */
    static Comparison begin(Target target, Settings settings, @Nullable InetSocketAddress failed,
            List<InetSocketAddress> attempted, Duration limit, Routes routes) {
        Controls controls = new Controls(Connector.system());
        List<FutureTask<List<ControlResult>>> parts = new ArrayList<>();
        List<ControlPlan> near = failed == null ? List.of() : near(failed, routes);
        if (!near.isEmpty()) {
            parts.add(new FutureTask<>(() -> controls.run(near, limit)));
        }
        if (!NamedControls.isWithout(target, settings)) {
            parts.add(named(controls, target, settings, failed, attempted,
                    Controls.MOST - near.size(), limit));
        }
        parts.forEach(part -> Thread.ofPlatform().daemon().name("probe-control").start(part));
        return new Comparison(parts);
    }

    private static FutureTask<List<ControlResult>> named(Controls controls, Target target,
            Settings settings, @Nullable InetSocketAddress failed,
            List<InetSocketAddress> attempted, int most, Duration limit) {
        return new FutureTask<>(() -> {
            List<ControlPlan> plans = new ArrayList<>(NamedControls.of(target, settings));
            if (failed != null) {
                plans.addAll(Controls.otherAddresses(failed,
                        attempted.stream().map(InetSocketAddress::getAddress).toList(),
                        NamedControls.addresses(target, settings)));
            }
            return controls.run(plans.stream().limit(most).toList(), limit);
        });
    }

    private static List<ControlPlan> near(InetSocketAddress failed, Routes routes) {
        List<ControlPlan> plans = new ArrayList<>();
        routes.to(failed.getAddress())
                .map(RouteFacts::gateway)
                .ifPresent(gateway -> plans.add(Controls.gateway(InetAddress.ofLiteral(gateway))));
        plans.addAll(Controls.otherPorts(failed));
        return plans;
    }

    /** What has come until {@code end} by {@link System#nanoTime}; a part that is not done by then is left behind. */
    List<ControlResult> results(long end) {
        List<ControlResult> results = new ArrayList<>();
        for (FutureTask<List<ControlResult>> part : parts) {
            try {
                results.addAll(
                        part.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS));
            } catch (TimeoutException | CancellationException late) {
                // Names that do not resolve in time have no comparison.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return results;
            } catch (ExecutionException defect) {
                throw new IllegalStateException("a control let an exception out", defect);
            }
        }
        return results;
    }
}
