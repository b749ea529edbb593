package probe.cli;

import probe.evidence.KernelAccess;
import probe.report.Report;

/** What this machine is, for the report. */
final class Machine {

    private Machine() {}

    /**
     * The machine, as far as the runtime knows it without asking anybody.
     *
     * @param access how the kernel was asked; none for a healthy target, whose probe asks it nothing
     */
    static Report.Environment environment(KernelAccess access) {
        return new Report.Environment(
                System.getProperty("os.name", "unknown") + " "
                        + System.getProperty("os.version", ""),
                BuildInfo.load().version(), access.id());
    }
}
