package probe.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;
import probe.cli.OptionTable.Section;
import probe.diagnosis.Kind;

/** The help, made from the same lists that the program goes by; at most 80 columns. */
final class Help {
    private static final int WIDTH = 80;
    private static final int INDENT = 32;
    /** What most users need; the rest has its topic. */
    private static final List<String> COMMON = List.of("--connect-timeout", "--socket-timeout",
            "--deadline", "--profile", "--attempts", "--expect-status", "--send", "--expect",
            "--proxy", "--evidence", "--control", "--targets", "--format");

    private Help() {}

    /** What {@code --help} prints: a screenful. */
    static String text() {
        StringBuilder text = new StringBuilder("""
                Says whose fault a failed or hanging connection is, and what to do now, as JSON.

                  probe [OPTIONS] TARGET...   host:port, tcp://, tls://, http:// or https://

                """);
        List<OptionSpec> all = Arrays.stream(Section.values())
                .flatMap(section -> section.options().stream())
                .toList();
        for (String name : COMMON) {
            all.stream()
                    .filter(option -> option.longestName().equals(name))
                    .forEach(option -> text.append(line(option)));
        }
        text.append("\nprobe help TOPIC tells more; topics are ")
                .append(
                        String.join(", ", topics()))
                .append('.')
                .append("\nExit codes: ")
                .append(
                        Arrays.stream(ExitCode.values())
                                .map(code -> code.code() + " "
                                        + code.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                                .collect(Collectors.joining(", ")))
                .append(".\n");
        return fold(text.toString());
    }

    /** Every word after {@code probe help}. */
    static List<String> topics() {
        return Stream.concat(Arrays.stream(Section.values()).map(Section::topic),
                Stream.of("commands", "exit-codes", "kinds", "examples", "all")).toList();
    }

    /** What {@code probe help TOPIC} prints, or empty for a word that is no topic. */
    static Optional<String> topic(String word) {
        return switch (word) {
            case "kinds" -> Optional.of(kinds(Kind.values()));
            case "examples" -> Optional.of(Examples.text());
            case "exit-codes" -> Optional.of(exitCodes());
            case "commands" -> Optional.of(commands());
            case "all" -> Optional.of(Arrays.stream(Section.values())
                    .map(section -> section.topic() + "\n" + section(section))
                    .collect(Collectors.joining("\n"))
                    + "\ncommands\n" + commands() + "\nexit codes\n" + exitCodes());
            default -> Arrays.stream(Section.values())
                    .filter(section -> section.topic().equals(word))
                    .findFirst()
                    .map(Help::section)
                    .or(() -> Command.byWord(word)
                            .map(command -> "  " + command.usage() + "\n    "
                                    + command.help() + "\n"));
        };
    }

    private static String section(Section section) {
        return section.options().stream().map(Help::line).collect(Collectors.joining());
    }

    private static String commands() {
        return Arrays.stream(Command.values())
                .map(command -> entry(command.usage(), command.help()))
                .collect(Collectors.joining());
    }

    private static String exitCodes() {
        return Arrays.stream(ExitCode.values())
                .map(code -> String.format("  %-4d %s%n", code.code(), code.meaning()))
                .collect(Collectors.joining());
    }

    private static String line(OptionSpec option) {
        String names = String.join(", ", option.names());
        return entry(option.arity().max() == 0 ? names : names + " " + option.paramLabel(),
                option.description()[0]);
    }

    private static String entry(String what, String help) {
        String head = "  " + what;
        StringBuilder entry = new StringBuilder(head);
        if (head.length() + 2 > INDENT) {
            entry.append('\n').append(" ".repeat(INDENT));
        } else {
            entry.append(" ".repeat(INDENT - head.length()));
        }
        int column = INDENT;
        for (String word : help.split(" ", -1)) {
            if (column > INDENT && column + 1 + word.length() > WIDTH) {
                entry.append('\n').append(" ".repeat(INDENT));
                column = INDENT;
            }
            entry.append(column == INDENT ? "" : " ").append(word);
            column += word.length() + (column == INDENT ? 0 : 1);
        }
        return entry.append('\n').toString();
    }

    /** Lines that are too long are broken at a space. */
    private static String fold(String text) {
        return text.lines().map(line -> {
            StringBuilder folded = new StringBuilder();
            String rest = line;
            while (rest.length() > WIDTH) {
                int at = rest.lastIndexOf(' ', WIDTH);
                folded.append(rest, 0, at).append("\n  ");
                rest = rest.substring(at + 1);
            }
            return folded.append(rest).append('\n');
        }).collect(Collectors.joining());
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
