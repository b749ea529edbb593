package probe.cli;

import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import probe.diagnosis.Kind;

/** The help, made from the same lists that the program goes by. */
final class Help {

    private Help() {}

    /** What {@code --help} prints. */
    static String text() {
        CommandLine line = OptionTable.commandLine();
        Map<String, String> codes = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            codes.put(Integer.toString(code.code()), code.meaning());
        }
        line.getCommandSpec()
                .usageMessage()
                .header("Says whose fault a failed or hanging connection is.")
                .customSynopsis("probe [OPTIONS] TARGET...")
                .sortOptions(false)
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(codes)
                .width(100);
        StringWriter text = new StringWriter();
        line.usage(new java.io.PrintWriter(text), CommandLine.Help.Ansi.OFF);
        return text.toString();
    }

    /** What {@code --help-kinds} prints: every kind with its meaning, in groups. */
    static String kinds(Kind[] kinds) {
        StringBuilder text = new StringBuilder();
        Kind.Group group = null;
        for (Kind kind : kinds) {
            if (kind.group() != group) {
                text.append(group == null ? "" : "\n").append(kind.group().title()).append('\n');
                group = kind.group();
            }
            text.append(String.format("  %-27s %s%n", kind.id(), kind.meaning()));
        }
        return text.toString();
    }
}
