package probe.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import probe.diagnosis.Series.JudgedBy;
import probe.report.Report;

/**
 * Waits for targets: each is tried on a thread of its own, with its pauses, until it is healthy, until time is over, or
 * until one of them fails in a way that waiting does not cure, which ends the wait for all.
 */
final class WaitRun {
    private final Console console;
    private final WaitOptions options;
    private final Interruption interruption;
    private final Makers makers;

    /** Makes what makes the attempts on one target. */
    interface Makers {
        TargetRun of(Job job, ThreadFactory threads);
    }

    WaitRun(Console console, WaitOptions options, Interruption interruption, Makers makers) {
        this.console = console;
        this.options = options;
        this.interruption = interruption;
        this.makers = makers;
    }

    /**
     * Waits, reports in the order of the targets, and gives the code of all.
     *
     * @param turns as many rounds as may be under way at once
     */
    ExitCode run(ReportSink sink, Semaphore turns) {
        ThreadFactory threads = Thread.ofVirtual().factory();
        List<Job> jobs = options.probing().jobs();
        List<SeriesRun> all = new ArrayList<>();
        for (Job job : jobs) {
            SeriesRun series = new SeriesRun(makers.of(job, threads), job.target(),
                    JudgedBy.LAST_ROUND, 0, options.patience()).takingTurns(turns);
            interruption.watch(all.size(), series);
            all.add(series);
        }
        List<Report> reports;
        try (WaitLine line = new WaitLine(console, options, all)) {
            interruption.first(line::close);
            reports = together(jobs, all, threads);
        }
        ExitCode worst = ExitCode.HEALTHY;
        for (Report report : reports) {
            worst = worst.and(ExitCode.of(report));
        }
        if (worst == ExitCode.HEALTHY && !options.command().isEmpty()) {
            sink.leaveStandardOutput();
        }
        for (int i = 0; i < reports.size(); i++) {
            if (all.get(i).take()) {
                sink.write(i, reports.get(i));
            }
            interruption.forget(i);
        }
        return worst;
    }

    private List<Report> together(List<Job> jobs, List<SeriesRun> all, ThreadFactory threads) {
        List<FutureTask<Report>> tasks = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            SeriesRun series = all.get(i);
            Pace pace = pace(jobs.get(i));
            tasks.add(new FutureTask<>(() -> {
                Report report = series.run(pace);
                if (!report.isHealthy()) {
                    all.forEach(SeriesRun::stop); // not all can become ready any more
                }
                return report;
            }));
        }
        tasks.forEach(task -> threads.newThread(task).start());
        List<Report> reports = new ArrayList<>();
        for (FutureTask<Report> task : tasks) {
            try {
                reports.add(task.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("a wait let an exception out", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
        return reports;
    }

    private Pace pace(Job job) {
        return Pace.untilHealthy(options.keepOn(),
                done -> pause(done, job.settings().interval()));
    }

    private Duration pause(Pace.Done done, Duration interval) {
        return switch (options.probing().rhythm()) {
            case FIXED -> interval;
            case GROWING -> Pace.growing(done, interval, ThreadLocalRandom.current());
            case BACKOFF -> Pace.pause(done, interval, ThreadLocalRandom.current());
        };
    }
}
