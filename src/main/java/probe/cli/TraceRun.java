package probe.cli;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import probe.attempt.Failure;
import probe.diagnosis.TraceReading;
import probe.evidence.PathTrace;
import probe.evidence.collect.PathTracer;
import probe.prober.AttemptListener;
import probe.prober.Deadline;
import probe.prober.NameResolution;
import probe.prober.ProbeContext;
import probe.prober.Resolution;
import probe.prober.Resolver;
import probe.prober.Ticker;
import probe.prober.Watchdog;
import probe.profile.Settings;
import probe.report.TraceReport;
import probe.target.Target;

/** Shows the way to the first address of a target, also where a proxy would be asked: the way is this machine's. */
final class TraceRun {
    /** As far as traceroute looks. */
    private static final int MAX_HOPS = 30;

    private TraceRun() {}

    /**
     * The way, and that to another port of the host.
     *
     * @throws UsageException where the name has no address, or this machine cannot trace
     */
    static TraceReport run(Target target, Settings settings, Watchdog watchdog) {
        if (!PathTracer.isAvailable()) {
            throw new UsageException("probe trace needs Linux 5.10 or later, and system calls that"
                    + " this machine does not allow");
        }
        Resolution resolution = new NameResolution(Resolver.SYSTEM).resolve(target.hostPort(),
                new ProbeContext(settings, Deadline.start(Ticker.SYSTEM, settings.timeouts()),
                        watchdog, AttemptListener.NONE));
        Failure failure = resolution.failure();
        if (failure != null) {
            throw new UsageException("no address for " + target.host() + " ("
                    + failure.name().id() + "); probe " + target + " tells why");
        }
        List<PathTrace> traces = new PathTracer().traceBeside(
                new InetSocketAddress(resolution.addresses().getFirst(), target.port()), MAX_HOPS,
                PathTracer.WAIT);
        Optional<PathTrace> other = traces.stream().skip(1).findFirst();
        return new TraceReport(target, traces.getFirst(), other,
                TraceReading.of(traces.getFirst(), other));
    }
}
