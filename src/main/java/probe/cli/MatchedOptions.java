package probe.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import probe.profile.Durations;

/**
 * The options that were typed, or that the environment stands in for, with readers that put the option's name before
 * every complaint about its value. The methods throw {@link UsageException} with one line for the user.
 *
 * @param line as picocli matched it
 * @param defaults what the user has set for all runs
 * @param typed the names of the options that were typed: picocli looks through the texts of help for each question
 */
record MatchedOptions(ParseResult line, UserDefaults defaults, Set<String> typed) {

    MatchedOptions(ParseResult line, UserDefaults defaults) {
        this(line, defaults, names(line));
    }

    private static Set<String> names(ParseResult line) {
        Set<String> names = new HashSet<>();
        for (OptionSpec option : line.matchedOptionsSet()) {
            Collections.addAll(names, option.names());
        }
        return Set.copyOf(names);
    }

    /** Whether the option was typed, or a variable stands in for it. */
    boolean has(String option) {
        return isTyped(option) || defaults.value(option) != null;
    }

    /** Whether the option was typed. */
    boolean isTyped(String option) {
        return typed.contains(option);
    }

    /** The option, or the variable that stands in for it: what a complaint is about. */
    private String called(String option) {
        return isTyped(option) || defaults.value(option) == null ? option
                : UserDefaults.variable(option);
    }

    /** A whole number from 1 to {@code max}. */
    int number(String option, int max, int otherwise) {
        if (!has(option)) {
            return otherwise;
        }
        return named(option, text -> {
            if (!text.matches("[0-9]{1,7}") || Integer.parseInt(text) < 1
                    || Integer.parseInt(text) > max) {
                throw new IllegalArgumentException(
                        OptionsReader.quote(text) + " is not a number from 1 to " + max);
            }
            return Integer.parseInt(text);
        });
    }

    /** A duration, or {@code otherwise}. */
    Duration duration(String option, Duration otherwise) {
        return has(option) ? duration(option) : otherwise;
    }

    /** A duration, of an option that was typed. */
    Duration duration(String option) {
        return named(option, Durations::parse);
    }

    /** A file that can be read. */
    Path file(String option) {
        return file(called(option), textOr(option, ""));
    }

    /** The same, of a name that is part of an option's value. */
    static Path file(String option, String text) {
        try {
            Path path = Path.of(text);
            if (Files.isReadable(path) && !Files.isDirectory(path)) {
                return path;
            }
        } catch (InvalidPathException e) {
            // falls through to the same complaint: there is no such file
        }
        throw new UsageException(option + ": cannot read the file " + OptionsReader.quote(text)
                + "; check its name and permissions");
    }

    /** The value of an option, as {@code reader} understands it. */
    <T> T named(String option, Function<String, T> reader) {
        return named(called(option), textOr(option, ""), reader);
    }

    /** One of several values of an option, as {@code reader} understands it. */
    static <T> T named(String option, String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + ": " + e.getMessage());
        }
    }

    /** The value as it was typed, or null. */
    @Nullable
    String text(String option) {
        return isTyped(option) ? line.matchedOptionValue(option, (String) null)
                : defaults.value(option);
    }

    /** The value as it was typed, or {@code otherwise}. */
    String textOr(String option, String otherwise) {
        String text = text(option);
        return text == null ? otherwise : text;
    }

    /** All values of an option that can be repeated; a variable holds them with spaces between. */
    String[] texts(String option) {
        String variable = isTyped(option) ? null : defaults.value(option);
        return variable == null ? line.matchedOptionValue(option, new String[0])
                : variable.strip().split("\\s+", -1);
    }
}
