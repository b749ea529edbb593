package probe.report;

import java.util.regex.Pattern;

/**
 * Words that a runner of GitHub Actions would obey, in text that only quotes them. It reads every line of both streams,
 * whatever a program meant by it: a line that begins with {@code ::name::}, spaces aside, and {@code ##[name]} anywhere
 * in a line (actions/runner, src/Runner.Common/ActionCommand.cs: TryParseV2 and TryParse).
 */
public final class WorkflowCommands {
    private static final String ANYWHERE = "##[";

    /** At the begin of any word: wrapping may make it the begin of a line. An address like ::1 is none. */
    private static final Pattern AT_BEGIN = Pattern
            .compile("(?<![^ \n])::(?=[A-Za-z][A-Za-z_-]*(?: [^\n]*)?::)");

    private WorkflowCommands() {}

    /** The text with one character of each such word written as {@code \\uXXXX}. */
    public static String disarmed(String text) {
        String disarmed = text.contains(ANYWHERE) ? text.replace(ANYWHERE, "##\\u005b") : text;
        return disarmed.contains("::") ? AT_BEGIN.matcher(disarmed).replaceAll("\\\\u003a:")
                : disarmed;
    }
}
