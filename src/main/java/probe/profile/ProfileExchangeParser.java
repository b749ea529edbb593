package probe.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The {@code exchange} part of a profile; in its texts the characters U+0000 to U+00FF are the bytes 0 to 255. */
final class ProfileExchangeParser {
    private static final String STEP = "{\"send\": \"PING\\r\\n\"}, {\"expect\": \"^\\\\+PONG\"} or {\"start-tls\": true}";

    private final ProfileCursor cursor;

    ProfileExchangeParser(ProfileCursor cursor) {
        this.cursor = cursor;
    }

    /** The array at the cursor. */
    List<Step> parse() {
        List<Step> steps = new ArrayList<>();
        cursor.array("[{\"send\": \"PING\\r\\n\"}, {\"expect\": \"^\\\\+PONG\"}]",
                () -> steps.add(step()));
        return List.copyOf(steps);
    }

    private Step step() {
        List<Step> found = new ArrayList<>();
        Map<String, Runnable> members = new LinkedHashMap<>();
        members.put("send", () -> found
                .add(new Step.Send(cursor.text("PING\\r\\n", ProfileExchangeParser::bytes))));
        members.put("expect", () -> found
                .add(new Step.Expect(cursor.text("^OK", ProfileExchangeParser::pattern))));
        members.put("start-tls", () -> found.add(startTls()));
        cursor.object(members);
        if (found.size() != 1) {
            throw cursor.fail("a step has exactly one key; type " + STEP);
        }
        return found.getFirst();
    }

    private Step startTls() {
        if (!cursor.flag()) {
            throw cursor.fail("'false' means nothing here; type true or remove the step");
        }
        return new Step.StartTls();
    }

    private static String bytes(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xff) {
                throw new IllegalArgumentException("character " + (i + 1)
                        + " is beyond U+00FF and so no byte; type its bytes, such as \\u00c3\\u00a9 for é in UTF-8");
            }
        }
        return text;
    }

    private static String pattern(String text) {
        Escapes.check(bytes(text));
        return text;
    }
}
