package probe.profile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON text token by token and knows, for every complaint, the file, line, column and key. A tree would
 * have lost the places of values that are well-formed JSON and yet wrong.
 */
final class ProfileCursor {
    private static final JsonFactory JSON = JsonFactory.builder()
            .configure(JsonReadFeature.ALLOW_JAVA_COMMENTS, true)
            .build();

    private static final int MAX_SYNTAX = 200; // the parser's own sentences, which quote at most a character

    private final String file;
    private final JsonParser json;
    private final Deque<String> path = new ArrayDeque<>();

    /** A cursor before the first token of {@code text}, which is called {@code file} in messages. */
    ProfileCursor(String file, String text) {
        this.file = file;
        try {
            this.json = JSON.createParser(text);
        } catch (IOException impossible) { // the text is in memory
            throw new UncheckedIOException(impossible);
        }
    }

    /** Reads the whole text as one object, and nothing after it. */
    void document(Map<String, Runnable> members) {
        if (next() == null) {
            throw fail("the file is empty; type {\"timeouts\": {\"connect\": \"3s\"}}");
        }
        object(members);
        if (next() != null) {
            throw fail("text after the profile's closing }; remove it");
        }
    }

    /** Reads the object at the cursor; each key runs its reader with the cursor on the value. */
    void object(Map<String, Runnable> members) {
        object(key -> {
            Runnable reader = members.get(key);
            if (reader == null) {
                throw fail("unknown key " + Quote.of(key)
                        + ProfileKeys.hint(key, path.size() - 1, members.keySet()));
            }
            return reader;
        });
    }

    /** Reads the object at the cursor whose keys are anybody's choice, such as names of header fields. */
    void object(Function<String, Runnable> readers) {
        require(JsonToken.START_OBJECT, "an object such as {\"key\": \"value\"}");
        Set<String> seen = new HashSet<>();
        while (next() != JsonToken.END_OBJECT) {
            String key = name();
            path.addLast(path.isEmpty() ? key : "." + key);
            if (!seen.add(key)) {
                throw fail("the key is there twice; remove one of them");
            }
            Runnable reader = readers.apply(key);
            next();
            reader.run();
            path.removeLast();
        }
    }

    /** Reads the array at the cursor; the reader runs with the cursor on each element. */
    void array(String example, Runnable element) {
        require(JsonToken.START_ARRAY, "a list such as " + example);
        for (int i = 0; next() != JsonToken.END_ARRAY; i++) {
            path.addLast("[" + i + "]");
            element.run();
            path.removeLast();
        }
    }

    /** The text at the cursor. */
    String text(String example) {
        require(JsonToken.VALUE_STRING, "a text such as \"" + example + "\"");
        return raw();
    }

    /** The text at the cursor as {@code parser} understands it; its IllegalArgumentException becomes a complaint. */
    <T> T text(String example, Function<String, T> parser) {
        String text = text(example);
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw fail(String.valueOf(e.getMessage()));
        }
    }

    /** The whole number at the cursor, from 1 to {@code max}. */
    int count(int max) {
        String wanted = "a whole number from 1 to " + max;
        require(JsonToken.VALUE_NUMBER_INT, wanted);
        String digits = raw();
        boolean fits = digits.matches("[0-9]{1,9}") && Integer.parseInt(digits) >= 1
                && Integer.parseInt(digits) <= max;
        if (!fits) {
            throw fail(Quote.of(digits) + " is out of range; type " + wanted);
        }
        return Integer.parseInt(digits);
    }

    /** The truth value at the cursor. */
    boolean flag() {
        if (json.currentToken() != JsonToken.VALUE_TRUE) {
            require(JsonToken.VALUE_FALSE, "true or false");
        }
        return json.currentToken() == JsonToken.VALUE_TRUE;
    }

    /** Whether the cursor is on an array. */
    boolean onArray() {
        return json.currentToken() == JsonToken.START_ARRAY;
    }

    /** A complaint about the token at the cursor. */
    ProfileException fail(String what) {
        return fail(json.currentTokenLocation(), what);
    }

    private ProfileException fail(@Nullable JsonLocation where, String what) {
        StringBuilder line = new StringBuilder(Quote.bare(file));
        if (where != null) {
            line.append(':')
                    .append(where.getLineNr())
                    .append(':')
                    .append(Math.max(1, where.getColumnNr()));
        }
        line.append(": ");
        if (!path.isEmpty()) {
            line.append(Quote.bare(String.join("", path))).append(": ");
        }
        return new ProfileException(line.append(what).toString());
    }

    private void require(JsonToken token, String wanted) {
        JsonToken found = json.currentToken();
        if (found != token) {
            throw fail("is " + describe(found) + "; type " + wanted);
        }
    }

    private static String describe(@Nullable JsonToken token) {
        return switch (token) {
            case null -> "missing";
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case VALUE_NULL -> "null";
            case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT,
                    NOT_AVAILABLE -> "no value";
        };
    }

    private @Nullable JsonToken next() {
        try {
            return json.nextToken();
        } catch (IOException e) {
            throw syntax(e);
        }
    }

    private String name() {
        try {
            return json.currentName();
        } catch (IOException e) {
            throw syntax(e);
        }
    }

    private String raw() {
        try {
            return json.getText(); // a text is decoded, and its escapes checked, only here
        } catch (IOException e) {
            throw syntax(e);
        }
    }

    private ProfileException syntax(IOException thrown) {
        if (thrown instanceof JsonEOFException e) {
            return fail(json.currentLocation(),
                    "the file ends too early; type the missing " + missing(e));
        }
        if (thrown instanceof JsonProcessingException e) {
            return fail(e.getLocation(),
                    "not JSON: " + Quote.bare(withoutWord(e.getOriginalMessage()), MAX_SYNTAX));
        }
        throw new UncheckedIOException(thrown);
    }

    /** What would close all that is open, innermost first. */
    private String missing(JsonEOFException thrown) {
        JsonToken half = thrown.getTokenBeingDecoded();
        StringBuilder closing = new StringBuilder(
                half == JsonToken.VALUE_STRING || half == JsonToken.FIELD_NAME ? "\"" : "");
        for (var open = json.getParsingContext(); open != null; open = open.getParent()) {
            closing.append(open.inObject() ? "}" : open.inArray() ? "]" : "");
        }
        return closing.isEmpty() ? "end of it" : closing.toString();
    }

    /** The parser quotes a word that it does not know, which may be a password without its quotes. */
    private static String withoutWord(String message) {
        return message.replaceFirst("^Unrecognized token '[^']*'", "Unrecognized word");
    }
}
