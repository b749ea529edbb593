package probe.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code http} part of a profile. */
final class ProfileHttpParser {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+"); // RFC 9110 §5.6.2
    /** Visible characters, space, tab and obs-text: RFC 9110 §5.5; anything else would split the request. */
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

    private final ProfileCursor cursor;
    private @Nullable String method;
    private @Nullable List<Header> headers;
    private @Nullable List<StatusRange> expectStatus;
    private @Nullable String expectBody;

    ProfileHttpParser(ProfileCursor cursor) {
        this.cursor = cursor;
    }

    /** The object at the cursor. */
    Profile.Http parse() {
        Map<String, Runnable> members = new LinkedHashMap<>();
        members.put("method", () -> method = cursor.text("GET", ProfileHttpParser::method));
        members.put("headers", () -> headers = headers());
        members.put("expect-status",
                () -> expectStatus = cursor.text("200-399", StatusRange::parseAll));
        members.put("expect-body",
                () -> expectBody = cursor.text("ready", Escapes::regularExpression));
        cursor.object(members);
        return new Profile.Http(method, headers, expectStatus, expectBody);
    }

    private static String method(String text) {
        if (!TOKEN.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    Quote.of(text) + " is no HTTP method; type GET, HEAD or POST");
        }
        return text;
    }

    private List<Header> headers() {
        List<Header> fields = new ArrayList<>();
        cursor.object(name -> {
            if (!TOKEN.matcher(name).matches()) {
                throw cursor.fail(
                        Quote.of(name) + " is no header name; type letters, digits and hyphens");
            }
            return () -> values(name, fields);
        });
        return List.copyOf(fields);
    }

    /** One value, or a list of them for a field that is sent more than once. */
    private void values(String name, List<Header> fields) {
        Runnable value = () -> fields
                .add(new Header(name, cursor.text("text/html", ProfileHttpParser::value)));
        if (cursor.onArray()) {
            cursor.array("[\"a\", \"b\"]", value);
        } else {
            value.run();
        }
    }

    private static String value(String text) {
        if (!VALUE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a header value has no line breaks or control characters; type printable text");
        }
        return text;
    }
}
