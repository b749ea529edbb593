package probe.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;
import probe.profile.Durations;

/**
 * The options that were typed, with readers that put the option's name before every complaint about its value. The
 * methods throw {@link UsageException} with one line for the user.
 *
 * @param line as picocli matched it
 */
record MatchedOptions(ParseResult line) {

    /** Whether the option was typed. */
    boolean has(String option) {
        return line.hasMatchedOption(option);
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
        return file(option, textOr(option, ""));
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
        return named(option, textOr(option, ""), reader);
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
        return line.matchedOptionValue(option, (String) null);
    }

    /** The value as it was typed, or {@code otherwise}. */
    String textOr(String option, String otherwise) {
        return line.matchedOptionValue(option, otherwise);
    }

    /** All values of an option that can be repeated. */
    String[] texts(String option) {
        return line.matchedOptionValue(option, new String[0]);
    }
}
