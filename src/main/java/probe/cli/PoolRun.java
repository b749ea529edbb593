package probe.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import probe.advice.Advice;
import probe.advice.Adviser;
import probe.attempt.Attempt;
import probe.diagnosis.Diagnoser;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Facts;
import probe.diagnosis.PoolDiagnoser;
import probe.diagnosis.PoolUse;
import probe.diagnosis.Side;
import probe.diagnosis.Warning;
import probe.diagnosis.Warnings;
import probe.evidence.KernelAccess;
import probe.prober.AttemptListener;
import probe.prober.Deadline;
import probe.prober.Destination;
import probe.prober.Destinations;
import probe.prober.HttpPool;
import probe.prober.HttpProber;
import probe.prober.NameResolution;
import probe.prober.ProbeContext;
import probe.prober.Resolver;
import probe.prober.Ticker;
import probe.prober.Watchdog;
import probe.profile.Settings;
import probe.report.Report;
import probe.target.Target;

/** Many requests of one target over one pool of HttpClient, as an application makes them. */
final class PoolRun {
    private final Settings settings;
    private final PoolOptions options;
    private final Watchdog watchdog;

    PoolRun(Settings settings, PoolOptions options, Watchdog watchdog) {
        this.settings = settings;
        this.options = options;
        this.watchdog = watchdog;
    }

    /** Makes the requests at the first address of the target, and reports on all of them. */
    Report probe(Target target) {
        Instant startedAt = Instant.now();
        Deadline deadline = Deadline.start(Ticker.SYSTEM, settings.timeouts());
        ProbeContext context = new ProbeContext(settings, deadline, watchdog,
                AttemptListener.NONE);
        List<Attempt> attempts = attempts(target, context);
        PoolUse use = PoolUse.of(options.load().size(), options.load().concurrency(), attempts,
                settings.timeouts().connectionRequest().value());
        Facts facts = new Facts(target, worst(attempts), List.of());
        Diagnosis diagnosis = Diagnoser.diagnose(facts)
                .map(one -> PoolDiagnoser.judge(one, use))
                .orElse(null);
        Advice advice = diagnosis == null ? null
                : sized(Adviser.advise(diagnosis, facts, settings), use);
        List<Warning> warnings = diagnosis == null ? Warnings.of(facts, startedAt) : List.of();
        return new Report(target, startedAt, deadline.elapsed(), diagnosis, advice, attempts,
                List.of(), warnings, Machine.environment(KernelAccess.NONE)).using(use);
    }

    private List<Attempt> attempts(Target target, ProbeContext context) {
        return switch (Destinations.of(target, new NameResolution(Resolver.SYSTEM), context)) {
            case Destinations.None none -> List.of(none.attempt());
            case Destinations.Found found -> attempts(found.all().getFirst(), context);
        };
    }

    private List<Attempt> attempts(Destination destination, ProbeContext context) {
        ConcurrentLinkedQueue<Attempt> made = new ConcurrentLinkedQueue<>();
        AtomicInteger begun = new AtomicInteger();
        try (HttpPool pool = new HttpPool(options.load().size())) {
            HttpProber prober = new HttpProber().withPool(pool);
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < options.load().concurrency(); i++) {
                clients.add(Thread.ofVirtual().start(() -> {
                    while (begun.getAndIncrement() < options.requests()
                            && !context.deadline().isOver()) {
                        made.add(prober.attempt(destination, context));
                    }
                }));
            }
            for (Thread client : clients) {
                client.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.copyOf(made);
    }

    /** A request that got no connection says most; then any that failed; else all did what was asked. */
    private static List<Attempt> worst(List<Attempt> attempts) {
        Optional<Attempt> starved = attempts.stream().filter(PoolUse::diedWaiting).findFirst();
        return starved
                .or(() -> attempts.stream().filter(attempt -> !attempt.succeeded()).findFirst())
                .map(List::of)
                .orElse(attempts);
    }

    private static Advice sized(Advice advice, PoolUse use) {
        if (use.leaseTimeouts() == 0 || use.sufficient() <= use.size()) {
            return advice;
        }
        return advice.withFirst(new Advice.Action(Side.CLIENT, "Give the pool " + use.sufficient()
                + " connections to this place (setMaxConnPerRoute and setMaxConnTotal of HttpClient 5,"
                + " pool_maxsize of Requests, MaxConnsPerHost of Go, connections of undici), or"
                + " make no more than " + use.size() + " requests at once"));
    }
}
