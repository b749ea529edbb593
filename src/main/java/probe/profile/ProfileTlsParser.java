package probe.profile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import probe.profile.TlsSettings.Verification;
import probe.target.TargetParser;

/** The {@code tls} part of a profile. */
final class ProfileTlsParser {
    /** Oldest first, by the names that the Java platform gives them. */
    private static final List<String> PROTOCOLS = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");

    private final ProfileCursor cursor;
    private @Nullable String minimum;
    private @Nullable String maximum;
    private @Nullable String serverName;
    private @Nullable Verification verification;

    ProfileTlsParser(ProfileCursor cursor) {
        this.cursor = cursor;
    }

    /** The object at the cursor. */
    Profile.Tls parse() {
        Map<String, Runnable> members = new LinkedHashMap<>();
        members.put("min", () -> minimum = protocol());
        members.put("max", () -> maximum = protocol());
        members.put("server-name",
                () -> serverName = cursor.text("db.example", ProfileTlsParser::name));
        members.put("insecure",
                () -> verification = cursor.flag() ? Verification.FORGIVEN : Verification.REQUIRED);
        cursor.object(members);
        if (minimum != null && maximum != null
                && PROTOCOLS.indexOf(minimum) > PROTOCOLS.indexOf(maximum)) {
            throw cursor.fail("min " + minimum + " is above max " + maximum + "; swap them");
        }
        return new Profile.Tls(minimum, maximum, serverName, verification);
    }

    private String protocol() {
        return cursor.text("TLSv1.2", text -> PROTOCOLS.get(ProfileParser.index(text, PROTOCOLS)));
    }

    /** A host name; the port is there only because targets are read with one. */
    private static String name(String text) {
        if (text.contains(":") || text.contains("/")) {
            throw new IllegalArgumentException(
                    Quote.of(text) + " is no host name; type a name such as db.example");
        }
        return TargetParser.parseHostAndPort(text + ":1").host();
    }
}
