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
import probe.profile.EvidenceLevel;
import probe.profile.ProfileReader;
import probe.report.Format;

/** Scripts that let a shell complete options and their values, made from the list of options. */
final class Completion {

    private Completion() {}

    /** The script for a shell, or empty for a shell that is not known. */
    static Optional<String> script(String shell) {
        return switch (shell) {
            case "bash" -> Optional.of(bash());
            case "zsh" -> Optional.of(zsh());
            case "fish" -> Optional.of(fish());
            default -> Optional.empty();
        };
    }

    private static List<OptionSpec> options() {
        return Arrays.stream(Section.values())
                .flatMap(section -> section.options().stream())
                .toList();
    }

    private static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0;
    }

    /** The words that a value can be; none where it can be anything. */
    private static List<String> values(OptionSpec option) {
        return switch (option.longestName()) {
            case "--format" -> Arrays.stream(Format.values()).map(Format::id).toList();
            case "--evidence" -> Arrays.stream(EvidenceLevel.values())
                    .map(EvidenceLevel::id)
                    .toList();
            case "--profile" -> ProfileReader.bundledNames();
            case "--expect-kind",
                    "--keep-waiting-for" -> Arrays.stream(Kind.values()).map(Kind::id).toList();
            case "--expect-healthy" -> List.of("true", "false");
            case "--color" -> List.of("auto", "always", "never");
            case "--tls-min", "--tls-max" -> List.of("1.2", "1.3");
            case "--method" -> List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS");
            default -> List.of();
        };
    }

    private static boolean isFile(OptionSpec option) {
        return option.paramLabel().toUpperCase(Locale.ROOT).contains("FILE");
    }

    private static String words(Stream<String> words) {
        return words.collect(Collectors.joining(" "));
    }

    private static String commands() {
        return words(Arrays.stream(Command.values()).map(Command::word));
    }

    private static String bash() {
        StringBuilder cases = new StringBuilder();
        for (OptionSpec option : options()) {
            String names = String.join("|", option.names());
            if (!values(option).isEmpty()) {
                cases.append("        ")
                        .append(names)
                        .append(")\n            mapfile -t COMPREPLY < <(")
                        .append("compgen -W \"")
                        .append(words(values(option).stream()))
                        .append("\" -- \"$current\"); return ;;\n");
            } else if (isFile(option)) {
                cases.append("        ")
                        .append(names)
                        .append(")\n            mapfile -t COMPREPLY < <(compgen -f -- \"$current\"); return ;;\n");
            } else if (takesValue(option)) {
                cases.append("        ").append(names).append(") COMPREPLY=(); return ;;\n");
            }
        }
        return """
                # Completion of probe for bash: source this, or put it into
                # /usr/share/bash-completion/completions/probe.
                _probe() {
                    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
                    case $before in
                %s        help) mapfile -t COMPREPLY < <(compgen -W "%s" -- "$current"); return ;;
                        completion) mapfile -t COMPREPLY < <(compgen -W "bash zsh fish" -- "$current"); return ;;
                    esac
                    local words="%s"
                    ((COMP_CWORD == 1)) && words+=" %s"
                    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
                }
                complete -F _probe probe
                """
                .formatted(cases, String.join(" ", Help.topics()),
                        words(options().stream().flatMap(option -> Arrays.stream(option.names()))),
                        commands());
    }

    private static String zsh() {
        StringBuilder specs = new StringBuilder();
        for (OptionSpec option : options()) {
            for (String name : option.names()) {
                specs.append("    '")
                        .append(option.isMultiValue() ? "*" : "")
                        .append(name)
                        .append('[')
                        .append(plain(option.description()[0]))
                        .append(']');
                if (takesValue(option)) {
                    String words = words(values(option).stream());
                    specs.append(':')
                            .append(plain(option.paramLabel()))
                            .append(':')
                            .append(
                                    !words.isEmpty() ? "(" + words + ")"
                                            : isFile(option) ? "_files" : " ");
                }
                specs.append("' \\\n");
            }
        }
        return """
                #compdef probe
                # Completion of probe for zsh: put it as _probe into a folder of $fpath.
                _probe() {
                  _arguments -s -S \\
                %s    '1: :(%s)' \\
                    '*:target:_hosts'
                }
                if [ "$funcstack[1]" = _probe ]; then _probe "$@"; else compdef _probe probe; fi
                """.formatted(specs, commands());
    }

    /** Without what means something to zsh inside a specification, or to a shell inside quotes. */
    private static String plain(String text) {
        return text.replace("'", "")
                .replace("[", "(")
                .replace("]", ")")
                .replace(":", " -")
                .replace("\\", "");
    }

    private static String fish() {
        StringBuilder lines = new StringBuilder("""
                # Completion of probe for fish: put it into ~/.config/fish/completions/probe.fish.
                complete -c probe -f
                """);
        for (OptionSpec option : options()) {
            lines.append("complete -c probe");
            for (String name : option.names()) {
                lines.append(name.startsWith("--") ? " -l " : " -s ")
                        .append(name.replaceFirst("^-+", ""));
            }
            lines.append(" -d '").append(plain(option.description()[0])).append('\'');
            if (takesValue(option)) {
                String words = words(values(option).stream());
                lines.append(isFile(option) && words.isEmpty() ? " -r -F" : " -x");
                if (!words.isEmpty()) {
                    lines.append(" -a '").append(words).append('\'');
                }
            }
            lines.append('\n');
        }
        return lines.append("complete -c probe -n __fish_use_subcommand -a '")
                .append(commands())
                .append("'\n")
                .toString();
    }
}
