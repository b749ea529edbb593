package probe.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import probe.profile.Settings;
import probe.target.TargetParser;

/**
 * The targets of {@code --targets}: a line each, {@code TARGET [PROFILE]}, with comments from {@code #} at the start of
 * a word; or a JSON array of texts and of objects {@code {"target": …, "profile": …}}. Every complaint says the place.
 */
final class TargetList {
    private final String name;
    private final Function<@Nullable String, Settings> profiles;
    private final List<Job> jobs = new ArrayList<>();

    private TargetList(String name, Function<@Nullable String, Settings> profiles) {
        this.name = name;
        this.profiles = profiles;
    }

    /**
     * All targets of a list.
     *
     * @param name of the file, or what to call {@code in}
     * @param in where to read, or null for the file
     * @param profiles the settings for a profile's name, null for a target that names none
     * @throws UsageException when the list cannot be read, or a line of it is no target
     */
    static List<Job> read(String name, @Nullable InputStream in,
            Function<@Nullable String, Settings> profiles) {
        String text = text(name, in);
        TargetList list = new TargetList(name, profiles);
        if (text.stripLeading().matches("(?s)\\[\\s*[\"{\\[\\]].*")) { // "[::1]:80" is an address
            list.json(text);
        } else {
            list.lines(text);
        }
        return list.jobs;
    }

    private static String text(String name, @Nullable InputStream in) {
        try {
            byte[] bytes = in == null ? Files.readAllBytes(Path.of(name)) : in.readAllBytes();
            return StandardCharsets.UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UsageException("--targets: " + OptionsReader.quote(name)
                    + " is not UTF-8 text; a list has one target a line");
        } catch (IOException | InvalidPathException e) {
            throw new UsageException("--targets: cannot read the file " + OptionsReader.quote(name)
                    + "; check its name and permissions");
        }
    }

    private void lines(String text) {
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            String content = line.replaceFirst("(^|\\s)#.*", "").strip();
            if (!content.isEmpty()) {
                String[] words = content.split("\\s+", -1);
                if (words.length > 2) {
                    throw complaint(number, "has more than a target and a profile: "
                            + OptionsReader.quote(words[2]));
                }
                add(number, words[0], words.length == 2 ? words[1] : null);
            }
        }
    }

    private void json(String text) {
        try (JsonParser json = new JsonFactory().createParser(text)) {
            json.nextToken();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                element(json);
            }
            if (json.nextToken() != null) {
                throw complaint(line(json), "goes on after the array");
            }
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw complaint(line, "is not JSON: " + OptionsReader.quote(e.getOriginalMessage()));
        } catch (IOException e) {
            throw complaint(1, "cannot be read");
        }
    }

    private void element(JsonParser json) throws IOException {
        int at = line(json);
        switch (json.currentToken()) {
            case VALUE_STRING -> add(at, json.getText(), null);
            case START_OBJECT -> {
                String target = null;
                String profile = null;
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    String key = json.currentName();
                    if (json.nextToken() != JsonToken.VALUE_STRING) {
                        throw complaint(line(json), "has something other than text for "
                                + OptionsReader.quote(key));
                    }
                    switch (key) {
                        case "target" -> target = json.getText();
                        case "profile" -> profile = json.getText();
                        default -> throw complaint(line(json), "has the unknown key "
                                + OptionsReader.quote(key) + "; type target or profile");
                    }
                }
                if (target == null) {
                    throw complaint(at, "names no target; type {\"target\": \"db.example:5432\"}");
                }
                add(at, target, profile);
            }
            default -> throw complaint(at,
                    "holds what is no target; type \"db.example:5432\" in quotes");
        }
    }

    private static int line(JsonParser json) {
        return json.currentTokenLocation().getLineNr();
    }

    private void add(int line, String target, @Nullable String profile) {
        try {
            jobs.add(new Job(TargetParser.parse(target), profiles.apply(profile)));
        } catch (IllegalArgumentException e) {
            throw complaint(line, String.valueOf(e.getMessage()));
        }
    }

    private UsageException complaint(int line, String text) {
        return new UsageException("--targets: " + name + ":" + line + ": " + text);
    }
}
