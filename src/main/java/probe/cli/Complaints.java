package probe.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import probe.attempt.Excerpt;
import probe.profile.Suggestions;

/** What the option parser refuses, in one line of our own: its own texts may carry control characters. */
final class Complaints {

    private Complaints() {}

    /** The complaint for the user. */
    static String of(CommandLine.ParameterException refused) {
        return switch (refused) {
            case CommandLine.UnmatchedArgumentException e -> unknown(
                    e.getUnmatched().isEmpty() ? "" : e.getUnmatched().getFirst());
            case CommandLine.MissingParameterException e -> name(
                    e.getMissing().isEmpty() ? null : e.getMissing().getFirst())
                    + " needs a value; probe help all shows which";
            case CommandLine.OverwrittenOptionException e -> name(e.getOverwritten())
                    + " is given twice; give it once";
            default -> Excerpt.printable(refused.getMessage() == null ? "malformed command line"
                    : refused.getMessage());
        };
    }

    private static String unknown(String word) {
        int equals = word.indexOf('=');
        String option = equals < 0 ? word : word.substring(0, equals); // what follows may be a secret
        return "unknown option '" + Excerpt.printable(option) + "'"
                + Suggestions.closest(option, OptionTable.names())
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("; probe help all lists them");
    }

    private static String name(CommandLine.Model.@Nullable ArgSpec argument) {
        return argument instanceof CommandLine.Model.OptionSpec option ? option.longestName()
                : "an option";
    }
}
