package probe.profile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import probe.target.HostPort;
import probe.target.TargetParser;

/** One profile text, read key by key into a {@link Profile}. */
final class ProfileParser {
    private final ProfileCursor cursor;
    private final Map<TimeoutName, Duration> timeouts = new EnumMap<>(TimeoutName.class);
    private @Nullable String description;
    private @Nullable Integer attempts;
    private @Nullable Duration interval;
    private @Nullable EvidenceLevel evidence;
    private @Nullable AddressFamily family;
    private Profile.@Nullable Http http;
    private @Nullable List<Step> exchange;
    private Profile.@Nullable Tls tls;
    private @Nullable List<HostPort> controls;

    private ProfileParser(ProfileCursor cursor) {
        this.cursor = cursor;
    }

    /**
     * The profile that {@code text} says, called {@code file} in messages.
     *
     * @throws ProfileException when it is none
     */
    static Profile parse(Origin origin, String file, String text) {
        ProfileParser parser = new ProfileParser(new ProfileCursor(file, text));
        parser.cursor.document(parser.members());
        return new Profile(origin, parser.description, Map.copyOf(parser.timeouts), parser.attempts,
                parser.interval, parser.evidence, parser.family, parser.http, parser.exchange,
                parser.tls,
                parser.controls);
    }

    private Map<String, Runnable> members() {
        Map<String, Runnable> members = new LinkedHashMap<>();
        members.put("$schema", () -> cursor.text("urn:probe:profile:1")); // for editors
        members.put("description", () -> description = cursor.text("Redis answers PING."));
        members.put("timeouts", () -> cursor.object(timeoutMembers()));
        members.put("attempts", () -> attempts = cursor.count(Profile.MAX_ATTEMPTS));
        members.put("interval", () -> interval = cursor.text("1s", Durations::parse));
        members.put("evidence", () -> evidence = word(EvidenceLevel.values(), EvidenceLevel::id));
        members.put("family", () -> family = word(AddressFamily.values(), AddressFamily::id));
        members.put("http", () -> http = new ProfileHttpParser(cursor).parse());
        members.put("exchange", () -> exchange = new ProfileExchangeParser(cursor).parse());
        members.put("tls", () -> tls = new ProfileTlsParser(cursor).parse());
        members.put("controls", () -> controls = controls());
        return members;
    }

    private Map<String, Runnable> timeoutMembers() {
        Map<String, Runnable> members = new LinkedHashMap<>();
        for (TimeoutName name : TimeoutName.values()) {
            members.put(name.id(), () -> timeouts.put(name, cursor.text("3s", Durations::parse)));
        }
        return members;
    }

    private List<HostPort> controls() {
        List<HostPort> places = new ArrayList<>();
        cursor.array("[\"one.example:443\"]",
                () -> places.add(cursor.text("one.example:443", TargetParser::parseHostAndPort)));
        return List.copyOf(places);
    }

    private <T> T word(T[] values, Function<T, String> id) {
        List<String> ids = Arrays.stream(values).map(id).toList();
        return cursor.text(ids.getFirst(), text -> values[index(text, ids)]);
    }

    /** Where {@code text} stands among the words allowed here. */
    static int index(String text, List<String> words) {
        int index = words.indexOf(text);
        if (index < 0) {
            throw new IllegalArgumentException(
                    Quote.of(text) + " is unknown; type one of " + String.join(", ", words));
        }
        return index;
    }
}
