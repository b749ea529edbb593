package probe.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import probe.profile.TlsSettings.Verification;
import probe.target.HostPort;

class ProfileReaderTest {
    @TempDir
    Path folder;

    static List<String> bundled() {
        return ProfileReader.bundledNames();
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void every_bundled_profile_can_be_read_and_says_what_it_is_for(String name) {
        Profile profile = ProfileReader.load(name);
        assertTrue(String.valueOf(profile.description()).endsWith("."), name);
        assertEquals(name.equals("default") ? "default" : "profile:" + name, profile.origin().id());
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void every_bundled_profile_satisfies_the_schema(String name) throws IOException {
        assertEquals(List.of(),
                SchemaCheck.complaints(Files.readString(Path.of("profiles", name + ".json"))));
    }

    @Test
    void the_names_are_those_of_the_files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("profiles"))) {
            assertEquals(files.map(f -> f.getFileName().toString().replaceFirst("\\.json$", ""))
                    .collect(Collectors.toCollection(TreeSet::new)), new TreeSet<>(bundled()));
        }
    }

    @Test
    void the_default_profile_says_the_defaults_in_full() {
        Profile profile = ProfileReader.load("default");
        assertEquals(Settings.defaults(), ProfileMerge.apply(Settings.defaults(), profile));
        Settings elsewhere = ProfileMerge.apply(Settings.defaults(), ProfileReader.load("ci"))
                .withTimeouts(Settings.defaults().timeouts());
        assertEquals(Settings.defaults(), ProfileMerge.apply(elsewhere, profile));
    }

    @Test
    void everything_a_profile_may_say_is_read() {
        Profile profile = ProfileReader.parse("all.json",
                """
                        /* comments are allowed */
                        {
                          "$schema": "urn:probe:profile:1",
                          "description": "All.", // here too
                          "timeouts": {"dns": "1s", "connect": "2s", "tls": "3s", "connection-request": "500ms",
                                       "socket": "1m30s", "deadline": "PT2M"},
                          "attempts": 3, "interval": "250ms", "evidence": "deep", "family": "ipv6",
                          "http": {"method": "HEAD", "headers": {"Accept": "a/b", "X-Two": ["1", "2"]},
                                   "expect-status": "200-299, 404", "expect-body": "o+k"},
                          "exchange": [{"send": "\\u0000\\u00ffé\\r\\n"}, {"expect": "^a\\\\d"}, {"start-tls": true}],
                          "tls": {"min": "TLSv1.2", "max": "TLSv1.3", "server-name": "db.example", "insecure": true},
                          "controls": ["one.example:443", "[2001:db8::1]:53"]
                        }
                        """);
        assertEquals(new Profile(new Origin.FromProfile("all.json"), "All.",
                Map.of(TimeoutName.DNS, Duration.ofSeconds(1), TimeoutName.CONNECT,
                        Duration.ofSeconds(2),
                        TimeoutName.TLS, Duration.ofSeconds(3), TimeoutName.CONNECTION_REQUEST,
                        Duration.ofMillis(500), TimeoutName.SOCKET, Duration.ofSeconds(90),
                        TimeoutName.DEADLINE,
                        Duration.ofMinutes(2)),
                3, Duration.ofMillis(250), EvidenceLevel.DEEP, AddressFamily.IPV6,
                new Profile.Http("HEAD",
                        List.of(new Header("Accept", "a/b"), new Header("X-Two", "1"),
                                new Header("X-Two", "2")),
                        List.of(new StatusRange(200, 299), new StatusRange(404, 404)), "o+k"),
                List.of(new Step.Send("\0\u00ff\u00e9\r\n"), new Step.Expect("^a\\d"),
                        new Step.StartTls()),
                new Profile.Tls("TLSv1.2", "TLSv1.3", "db.example", Verification.FORGIVEN),
                List.of(new HostPort("one.example", 443), new HostPort("2001:db8::1", 53))),
                profile);
    }

    @Test
    void an_empty_object_changes_nothing() {
        assertEquals(Settings.defaults(),
                ProfileMerge.apply(Settings.defaults(), ProfileReader.parse("empty.json", "{}")));
    }

    @Test
    void a_file_is_found_by_a_slash_by_its_ending_or_by_being_there() throws IOException {
        Path file = Files.writeString(folder.resolve("mine"), "{\"attempts\": 2}");
        Profile profile = ProfileReader.load(file.toString());
        assertEquals(2, profile.attempts());
        assertEquals("profile:" + file, profile.origin().id());
        String here = Path.of("")
                .toAbsolutePath()
                .relativize(Files.writeString(
                        folder.resolve("a.json"), "{}").toAbsolutePath())
                .toString();
        assertNull(ProfileReader.load(here).attempts());
    }

    @Test
    void an_unknown_name_is_told_the_nearest_and_all_the_bundled_ones() {
        String all = String.join(", ", bundled());
        assertEquals("unknown profile 'redsi'; did you mean 'redis'? Type one of " + all
                + ", or the path of a file such as ./mine.json", messageOf("redsi"));
        assertEquals("unknown profile 'kafka\\u001b[31m'; type one of " + all
                + ", or the path of a file such as ./mine.json",
                messageOf("kafka\u001b[31m"));
        assertTrue(messageOf("a\0b").startsWith("unknown profile 'a\\u0000b'; type one of "));
    }

    @Test
    void a_file_that_cannot_be_read_is_a_complaint_of_one_line() throws IOException {
        assertEquals(
                "nowhere.json: no such file; type the path of one, or one of: "
                        + String.join(", ", bundled()),
                messageOf("nowhere.json"));
        assertEquals(folder + "/: is a directory; type the path of a file",
                messageOf(folder + "/"));
        Path large = Files.write(folder.resolve("large.json"),
                new byte[ProfileReader.MAX_BYTES + 1]);
        assertEquals(large + ": larger than 256 KiB; type the path of a profile",
                messageOf(large.toString()));
        Path latin = Files.write(folder.resolve("latin.json"),
                "{\n \"description\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(latin + ":2:18: not UTF-8; save the file as UTF-8",
                messageOf(latin.toString()));
    }

    @Test
    void the_largest_file_is_read_and_a_byte_order_mark_is_no_text() throws IOException {
        String text = "\ufeff{\"attempts\": 7}";
        String padding = " "
                .repeat(ProfileReader.MAX_BYTES - text.getBytes(StandardCharsets.UTF_8).length);
        Path file = Files.writeString(folder.resolve("full.json"), text + padding);
        assertEquals(7, ProfileReader.load(file.toString()).attempts());
    }

    private static String messageOf(String nameOrPath) {
        return String.valueOf(
                assertThrows(ProfileException.class, () -> ProfileReader.load(nameOrPath))
                        .getMessage());
    }
}
