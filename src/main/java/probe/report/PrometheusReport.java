package probe.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import probe.attempt.Attempt;
import probe.attempt.CertificateFacts;
import probe.attempt.PhaseTiming;
import probe.attempt.TlsFacts;
import probe.diagnosis.Diagnosis;
import probe.diagnosis.Warning;

/**
 * A run in the Prometheus text exposition format 0.0.4. Written at the end, because all samples of a metric stand
 * together. Of a target that was given twice, the last report counts: a series may appear once only.
 */
final class PrometheusReport implements ReportWriter {
    private final Appendable out;
    private final Map<String, Report> reports = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();

    PrometheusReport(Appendable out) {
        this.out = out;
    }

    @Override
    public void write(Report report) {
        reports.put(report.target().input(), report);
    }

    @Override
    public void end() throws IOException {
        Collection<Report> all = reports.values();
        metric("probe_success", "Whether the target did what was asked of it.");
        all.forEach(
                report -> sample("probe_success", target(report), report.isHealthy() ? "1" : "0"));
        metric("probe_duration_seconds", "How long the probe took, everything included.");
        all.forEach(report -> sample("probe_duration_seconds", target(report),
                seconds(report.duration())));
        metric("probe_start_time_seconds", "When the probe began, in seconds since 1970.");
        all.forEach(report -> sample("probe_start_time_seconds", target(report),
                BigDecimal.valueOf(report.startedAt().toEpochMilli(), 3).toPlainString()));
        metric("probe_fault_info", "The fault, for as long as there is one.");
        all.forEach(this::fault);
        metric("probe_warning_info", "Something that is no fault yet.");
        all.forEach(report -> report.warnings()
                .stream()
                .map(Warning::code)
                .distinct()
                .forEach(
                        code -> sample("probe_warning_info", with(target(report), "code", code),
                                "1")));
        metric("probe_phase_duration_seconds", "How long a phase of an attempt took.");
        all.forEach(this::phases);
        metric("probe_tls_certificate_not_after_seconds",
                "Until when the first certificate of the chain to end is valid, in seconds since 1970.");
        all.forEach(this::certificates);
        out.append(text);
    }

    private void fault(Report report) {
        Diagnosis diagnosis = report.diagnosis();
        if (diagnosis != null) {
            Map<String, String> labels = target(report);
            labels.put("kind", diagnosis.kind().id());
            labels.put("phase", diagnosis.phase().id());
            labels.put("side", diagnosis.side().id());
            labels.put("locus", diagnosis.locus().id());
            labels.put("confidence", diagnosis.confidence().id());
            sample("probe_fault_info", labels, "1");
        }
    }

    private void phases(Report report) {
        List<Attempt> attempts = report.attempts();
        for (int i = 0; i < attempts.size(); i++) {
            Map<Map<String, String>, Duration> sums = new LinkedHashMap<>();
            for (PhaseTiming timing : attempts.get(i).phases()) {
                Map<String, String> labels = attempt(report, i);
                labels.put("phase", timing.phase().id());
                labels.put("outcome", timing.outcome().id());
                // A phase can be gone through twice; two samples of one series would be refused.
                sums.merge(labels, timing.duration(), Duration::plus);
            }
            sums.forEach((labels, sum) -> sample("probe_phase_duration_seconds", labels,
                    seconds(sum)));
        }
    }

    private void certificates(Report report) {
        for (int i = 0; i < report.attempts().size(); i++) {
            TlsFacts tls = report.attempts().get(i).tls();
            Map<String, String> labels = attempt(report, i);
            if (tls != null) {
                tls.chain()
                        .stream()
                        .map(CertificateFacts::notAfter)
                        .min(Instant::compareTo)
                        .ifPresent(end -> sample("probe_tls_certificate_not_after_seconds", labels,
                                Long.toString(end.getEpochSecond())));
            }
        }
    }

    private static Map<String, String> target(Report report) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("target", report.target().input());
        return labels;
    }

    private static Map<String, String> attempt(Report report, int index) {
        Attempt attempt = report.attempts().get(index);
        Map<String, String> labels = target(report);
        labels.put("attempt", Integer.toString(index + 1));
        labels.put("via", attempt.via().id());
        labels.put("address", attempt.address() == null ? "" : attempt.address());
        return labels;
    }

    private static Map<String, String> with(Map<String, String> labels, String name, String value) {
        labels.put(name, value);
        return labels;
    }

    private void metric(String name, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(" gauge\n");
    }

    private void sample(String name, Map<String, String> labels, String value) {
        text.append(name);
        String separator = "{";
        for (Map.Entry<String, String> label : labels.entrySet()) {
            text.append(separator)
                    .append(label.getKey())
                    .append("=\"")
                    .append(escape(label.getValue()))
                    .append('"');
            separator = ",";
        }
        text.append("} ").append(value).append('\n');
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros().toPlainString();
    }

    /** A label's value: backslash, quote and line feed, as the format asks; and what no terminal should be shown. */
    static String escape(String value) {
        return new Page(new TextStyle(TextStyle.Colour.NONE, TextStyle.Glyphs.UNICODE)).safe(value)
                .replace("\\", "\\\\")
                .replace("\"", "\\\"");
    }
}
