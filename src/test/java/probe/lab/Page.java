package probe.lab;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import probe.diagnosis.Side;

/** The table of faults as a part of the README. */
final class Page {
    /** What the part is between. */
    static final String BEGIN = "<!-- the faults of the laboratory, from its table -->\n";
    static final String END = "<!-- end of the faults -->\n";

    private Page() {}

    /** All of it, in the order of an exchange's phases. */
    static String text() {
        Map<String, List<Scenario>> groups = new LinkedHashMap<>();
        groups.put("Names", NameScenarios.all());
        groups.put("Connecting", ConnectScenarios.all());
        groups.put("Proxies", ProxyScenarios.all());
        groups.put("TLS handshakes", TlsScenarios.all());
        groups.put("Requests and answers", StreamScenarios.all());
        groups.put("Connections that were silent", IdleScenarios.all());
        groups.put("Statuses", AnswerScenarios.all());
        return groups.entrySet()
                .stream()
                .map(group -> part(group.getKey(), group.getValue()))
                .collect(Collectors.joining("\n", BEGIN, END));
    }

    private static String part(String title, List<Scenario> rows) {
        long told = rows.stream().filter(row -> row.truth().decidable()).count();
        return "<details><summary>" + title + ": " + rows.size() + " faults, " + told
                + " of them can be told for certain</summary>\n\n"
                + "| fault | kind | side | for certain | what is wrong |\n"
                + "|---|---|---|---|---|\n"
                + rows.stream().map(Page::row).collect(Collectors.joining())
                + "\n</details>\n";
    }

    private static String row(Scenario row) {
        Scenario.Truth truth = row.truth();
        String kinds = truth.kinds()
                .stream()
                .map(kind -> "`" + kind.id() + "`")
                .collect(Collectors.joining(", "));
        String side = truth.sides().size() > 1 ? "between"
                : truth.sides().stream().map(Side::id).collect(Collectors.joining());
        return "| " + String.join(" | ", row.id(), kinds, side, truth.decidable() ? "yes" : "no",
                truth.because()) + " |\n";
    }
}
