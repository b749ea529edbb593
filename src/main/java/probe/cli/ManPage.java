package probe.cli;

import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;
import probe.cli.OptionTable.Section;
import probe.diagnosis.Kind;

/** The manual page probe(1), in the macros of man(7), made from the lists that the program goes by. */
final class ManPage {

    private ManPage() {}

    /** The page. */
    static String text(BuildInfo build) {
        StringBuilder page = new StringBuilder();
        page.append(".TH PROBE 1 \"")
                .append(build.timestamp(), 0, 10)
                .append("\" \"probe ")
                .append(roff(build.version()))
                .append("\" \"User Commands\"\n");
        page.append(
                """
                        .SH NAME
                        probe \\- says whose fault a failed or hanging connection is
                        .SH SYNOPSIS
                        .B probe
                        .RI [ OPTIONS ]
                        .IR TARGET ...
                        .br
                        .B probe
                        .RI [ OPTIONS ]
                        .B \\-\\-targets
                        .IR FILE
                        .SH DESCRIPTION
                        Attempts each target and prints a report as JSON: the kind of failure, the side that has to act, the
                        evidence, the confidence, and whether a repeat is safe and helps. A target is host:port, tcp://host:port,
                        tls://host:port or a URL.
                        """);
        for (Section section : Section.values()) {
            page.append(".SH OPTIONS: ")
                    .append(section.topic().toUpperCase(java.util.Locale.ROOT))
                    .append('\n');
            section.options().forEach(option -> page.append(option(option)));
        }
        page.append(".SH COMMANDS\n");
        for (Command command : Command.values()) {
            page.append(".TP\n.B ")
                    .append(roff(command.usage()))
                    .append('\n')
                    .append(roff(command.help()))
                    .append('\n');
        }
        page.append(".SH EXIT STATUS\n");
        for (ExitCode code : ExitCode.values()) {
            page.append(".TP\n.B ")
                    .append(code.code())
                    .append('\n')
                    .append(roff(code.meaning()))
                    .append('\n');
        }
        page.append(".SH KINDS OF FAULT\n");
        for (Kind kind : Kind.values()) {
            page.append(".TP\n.B ")
                    .append(roff(kind.id()))
                    .append('\n')
                    .append(
                            roff(kind.meaning()))
                    .append('\n');
        }
        return page.append(environment()).toString();
    }

    private static String option(OptionSpec option) {
        String names = java.util.Arrays.stream(option.names())
                .map(ManPage::roff)
                .collect(Collectors.joining(", "));
        return ".TP\n" + (option.arity().max() == 0 ? ".B " + names
                : ".BI \"" + names + " \" \"" + roff(option.paramLabel()) + "\"") + "\n"
                + roff(option.description()[0]) + "\n";
    }

    private static String environment() {
        return ".SH ENVIRONMENT\n" + UserDefaults.VARIABLES.stream()
                .map(option -> ".TP\n.B " + UserDefaults.variable(option) + "\nas " + roff(option)
                        + "\n")
                .collect(Collectors.joining()) + """
                        .TP
                        .B PROBE_CONFIG
                        the file of your own defaults, a profile; empty for none
                        .SH FILES
                        .TP
                        .I ~/.config/probe/config.json
                        your own defaults, a profile; below XDG_CONFIG_HOME where that is set
                        """;
    }

    /** What troff would take for its own, escaped. */
    private static String roff(String text) {
        String escaped = text.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("\"", "\\(dq")
                .replace("…", "...");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
