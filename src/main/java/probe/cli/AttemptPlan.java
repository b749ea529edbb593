package probe.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import probe.attempt.Attempt;
import probe.attempt.Phase;
import probe.prober.Destination;
import probe.prober.Destinations;
import probe.prober.NameResolution;
import probe.prober.ProbeContext;
import probe.prober.Prober;
import probe.prober.SocketProber;
import probe.profile.Body;
import probe.profile.HttpSettings;
import probe.target.Target;

/**
 * Which attempts one target gets: its name is resolved once, every address is attempted, and for a URL a raw socket
 * attempt stands beside each request. Attempts run side by side, so that a silent address delays no other.
 */
final class AttemptPlan {
    private final NameResolution names;
    private final RedirectChain chains;
    private final ThreadFactory threads;

    AttemptPlan(NameResolution names, RedirectChain chains, ThreadFactory threads) {
        this.names = names;
        this.chains = chains;
        this.threads = threads;
    }

    /** The attempts, made; at least one. */
    List<Attempt> carryOut(Target target, ProbeContext context) {
        return switch (Destinations.of(target, names, context)) {
            case Destinations.None none -> List.of(none.attempt());
            case Destinations.Found found -> attempts(target, found.all(), context);
        };
    }

    private List<Attempt> attempts(Target target, List<Destination> destinations,
            ProbeContext context) {
        if (!target.scheme().isHttp()) {
            return together(destinations.stream()
                    .map(d -> attempt(new SocketProber(), d, context))
                    .toList());
        }
        return isRepeatable(context.settings().http()) ? everywhere(destinations, context)
                : once(destinations, context);
    }

    private List<Attempt> everywhere(List<Destination> destinations, ProbeContext context) {
        List<Callable<List<Attempt>>> work = new ArrayList<>();
        for (Destination destination : destinations) {
            work.add(() -> chains.attempts(destination, context));
            work.add(() -> List.of(new SocketProber().attempt(destination, context)));
        }
        return together(work).stream().flatMap(List::stream).toList();
    }

    /**
     * A request that must not be made twice goes to one address after the other until one has been sent a byte of
     * it; the raw sockets still look at every address.
     */
    private List<Attempt> once(List<Destination> destinations, ProbeContext context) {
        Callable<List<Attempt>> requests = () -> {
            List<Attempt> made = new ArrayList<>();
            for (Destination destination : destinations) {
                made.addAll(chains.attempts(destination, context));
                if (made.stream().anyMatch(one -> one.timing(Phase.REQUEST).isPresent())
                        || context.deadline().isOver()) {
                    break;
                }
            }
            return made;
        };
        List<Callable<List<Attempt>>> work = new ArrayList<>(List.of(requests));
        for (Destination destination : destinations) {
            work.add(() -> List.of(new SocketProber().attempt(destination, context)));
        }
        return together(work).stream().flatMap(List::stream).toList();
    }

    private static boolean isRepeatable(HttpSettings http) {
        return http.isSafe() && !(http.body() instanceof Body.StandardInput);
    }

    private static Callable<Attempt> attempt(Prober prober, Destination destination,
            ProbeContext context) {
        return () -> prober.attempt(destination, context);
    }

    private static <T> T alone(Callable<T> work) {
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("an attempt let an exception out", e);
        }
    }

    /** Runs all at once, the first on this thread; the results stand in the order of the work. */
    private <T> List<T> together(List<Callable<T>> work) {
        if (work.size() == 1) {
            return List.of(alone(work.getFirst()));
        }
        List<FutureTask<T>> tasks = work.stream().map(FutureTask::new).toList();
        tasks.stream().skip(1).forEach(task -> threads.newThread(task).start());
        tasks.getFirst().run();
        List<T> results = new ArrayList<>();
        for (FutureTask<T> task : tasks) {
            try {
                results.add(task.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("an attempt let an exception out", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
        return results;
    }
}
