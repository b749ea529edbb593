package probe.cli;

import org.jspecify.annotations.Nullable;
import probe.diagnosis.Diagnosis;
import probe.evidence.KernelAccess;
import probe.evidence.collect.KernelView;
import probe.profile.EvidenceLevel;
import probe.profile.Settings;
import probe.report.Report;

/** What this machine is, for the report. */
final class Machine {

    private Machine() {}

    /** The machine, for a target that was probed so; a healthy one has the kernel asked nothing. */
    static Report.Environment environment(Settings settings, @Nullable Diagnosis diagnosis) {
        return environment(diagnosis != null
                && settings.evidence().includes(EvidenceLevel.PASSIVE)
                        ? KernelView.system().access()
                        : KernelAccess.NONE);
    }

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
