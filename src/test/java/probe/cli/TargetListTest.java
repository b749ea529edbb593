package probe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import probe.profile.Settings;

class TargetListTest {

    private static List<Job> read(String text) {
        return TargetList.read("list", new ByteArrayInputStream(
                text.getBytes(StandardCharsets.UTF_8)), TargetListTest::settings);
    }

    private static Settings settings(@Nullable String profile) {
        return profile == null ? Settings.defaults()
                : ProfileChoice.over(Settings.defaults(), profile);
    }

    private static List<String> targets(String text) {
        return read(text).stream().map(job -> job.target().input()).toList();
    }

    @Test
    void comments_and_empty_lines_are_left_out() {
        assertEquals(List.of("a.example:1", "https://b.example/x#y"), targets("""
                # all of them

                a.example:1   # the first
                https://b.example/x#y
                """));
    }

    @Test
    void a_second_word_is_a_profile() {
        List<Job> jobs = read("a.example:1 patient\r\nb.example:2\r\n");
        assertEquals(ProfileChoice.over(Settings.defaults(), "patient"),
                jobs.getFirst().settings());
        assertEquals(Settings.defaults(), jobs.getLast().settings());
    }

    @Test
    void a_json_array_holds_texts_and_objects() {
        List<Job> jobs = read("""
                ["a.example:1",
                 {"target": "b.example:2", "profile": "patient"}]""");
        assertEquals(List.of("a.example:1", "b.example:2"),
                jobs.stream().map(job -> job.target().input()).toList());
        assertEquals(ProfileChoice.over(Settings.defaults(), "patient"), jobs.getLast().settings());
    }

    @Test
    void a_bracket_may_begin_an_address() {
        assertEquals(List.of("[::1]:80", "[2001:db8::1]:443"),
                targets("[::1]:80\n[2001:db8::1]:443\n"));
    }

    @Test
    void an_empty_array_holds_no_target() {
        assertEquals(List.of(), targets(" [ ] "));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            a.example:1;b.example         | list:2: 'b.example' has no port
            a.example:1 ci strict         | list:1: has more than a target and a profile: 'strict'
            a.example:1 cii               | list:1:
            ["a.example"]                 | list:1: 'a.example' has no port
            [;{"profile": "ci"}]          | list:2: names no target
            [{"target": 7}]               | list:1: has something other than text for 'target'
            [{"target": "a.example:1", "port": "2"}] | list:1: has the unknown key 'port'
            [[]]                          | list:1: holds what is no target
            ["a.example:1"] x             | list:1: is not JSON
            ["a.example:1"                | list:1: is not JSON
            """)
    void a_complaint_names_the_place(String text, String complaint) {
        UsageException e = assertThrows(UsageException.class,
                () -> read(text.replace(';', '\n')));
        String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith("--targets: " + complaint), message);
        assertEquals(1, message.lines().count());
    }

    @Test
    void bytes_that_are_no_text_are_refused() {
        UsageException e = assertThrows(UsageException.class,
                () -> TargetList.read("list", new ByteArrayInputStream(
                        new byte[] {(byte) 0xff, (byte) 0xfe, 0, 0}),
                        TargetListTest::settings));
        assertEquals("--targets: 'list' is not UTF-8 text; a list has one target a line",
                e.getMessage());
    }
}
