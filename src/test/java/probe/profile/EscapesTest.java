package probe.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscapesTest {

    @Test
    void every_escape_becomes_its_byte() {
        assertEquals("PING\r\n", Escapes.unescape("PING\\r\\n"));
        assertEquals("\t\0\\\u00ff\nA", Escapes.unescape("\\t\\0\\\\\\xFf\\x0aA"));
        assertEquals("\\n", Escapes.unescape("\\\\n"));
        assertEquals("\0001", Escapes.unescape("\\01"));
        assertEquals("", Escapes.unescape(""));
    }

    @Test
    void other_characters_are_sent_as_utf_8() {
        assertEquals("\u00c3\u00a9 \u00e2\u0082\u00ac", Escapes.unescape("é €"));
        assertEquals("\u00f0\u009f\u0098\u0080", Escapes.unescape("\ud83d\ude00"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    PING\\q    | unknown escape '\\q' at character 5; type \\r \\n \\t \\0 \\\\ or \\xNN
                    \\R        | unknown escape '\\R' at character 1; type \\r \\n \\t \\0 \\\\ or \\xNN
                    a\\        | a lone backslash ends the text at character 2; type \\\\ for a backslash
                    \\x        | \\x at character 1 needs two hexadecimal digits; type \\x0d for a carriage return
                    ab\\x4     | \\x at character 3 needs two hexadecimal digits; type \\x0d for a carriage return
                    ab\\xg0    | \\x at character 3 needs two hexadecimal digits; type \\x0d for a carriage return
                    """)
    void a_wrong_escape_is_named_with_its_place(String text, String line) {
        assertEquals(line,
                assertThrows(IllegalArgumentException.class, () -> Escapes.unescape(text))
                        .getMessage());
    }

    @Test
    void a_pattern_keeps_its_own_escapes_and_speaks_of_bytes() {
        assertEquals("^\\+OK\\r\\n\\x00", Escapes.pattern("^\\+OK\\r\\n\\x00"));
        assertEquals("caf\u00c3\u00a9", Escapes.pattern("café"));
    }

    @Test
    void a_broken_pattern_is_named_with_its_place() {
        assertEquals("'a(b' is not a regular expression at character 4: Unclosed group",
                assertThrows(IllegalArgumentException.class, () -> Escapes.pattern("a(b"))
                        .getMessage());
        assertEquals("'x{2' is not a regular expression at character 4: Unclosed counted closure",
                assertThrows(IllegalArgumentException.class, () -> Escapes.pattern("x{2"))
                        .getMessage());
    }

    @Test
    void a_pattern_nested_beyond_all_measure_is_refused_and_no_crash() {
        String bottomless = "(".repeat(200_000) + ")".repeat(200_000);
        assertThrows(IllegalArgumentException.class, () -> Escapes.pattern(bottomless));
    }
}
