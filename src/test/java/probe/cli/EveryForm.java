package probe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import probe.report.Format;
import probe.testing.ValidReport;

/**
 * Everything that one run writes: each format, and standard error at its most talkative, for a program and for a person.
 *
 * @param texts by name: a format's, {@code stderr}, {@code terminal}
 */
record EveryForm(Map<String, String> texts) {
    /** A line that a runner of GitHub Actions obeys, as ActionCommand.cs of actions/runner reads it. */
    private static final Pattern OBEYED = Pattern
            .compile("^\\s*::([A-Za-z_-]+)(?: .*?)?::.*$|^.*##\\[[A-Za-z_-]+[^\\]]*\\].*$");
    private static final Pattern SAMPLE = Pattern.compile("[a-z_]+(\\{([a-z_]+=\"([^\"\\\\\n]|"
            + "\\\\[\"\\\\n])*\",?)*\\})? [-+0-9.eE]+|# (HELP|TYPE) [a-z_]+ .*");
    private static final Pattern TAP = Pattern
            .compile("TAP version 13|1\\.\\.1|(not )?ok 1 - .*|#.*|  .*");

    /** Runs the program twice with these words, for a program and for a person. */
    static EveryForm of(String... words) throws IOException {
        Path folder = Files.createTempDirectory("forms");
        Map<String, String> texts = new LinkedHashMap<>();
        List<String> line = new ArrayList<>(List.of("--debug"));
        for (Format format : Format.values()) {
            line.addAll(List.of("--format", format.id() + "=" + folder.resolve(format.id())));
        }
        line.addAll(List.of(words));
        Ran piped = Ran.probe(line.toArray(String[]::new));
        for (Format format : Format.values()) {
            Path file = folder.resolve(format.id());
            texts.put(format.id(), Files.readString(file));
            Files.delete(file);
        }
        Files.delete(folder);
        texts.put("stdout", piped.out());
        texts.put("stderr", piped.err());
        line.subList(1, line.size() - words.length).clear();
        Ran shown = Ran.probe(Console.Reader.TERMINAL, Map.of("NO_COLOR", "1"),
                line.toArray(String[]::new));
        texts.put("terminal", shown.out() + shown.err());
        return new EveryForm(texts);
    }

    /** One of them. */
    String text(String name) {
        return Objects.requireNonNull(texts.get(name), name);
    }

    /** Everything, one after the other. */
    String all() {
        return String.join("\n", texts.values());
    }

    /** Fails the test unless every form is well-formed, steers no terminal and gives a runner no orders. */
    void areHarmless() throws Exception {
        texts.forEach((name, text) -> {
            text.chars()
                    .forEach(c -> assertFalse(steers(c), () -> String
                            .format("\\u%04x in %s: %s", c, name, text)));
            if (!name.equals(Format.GITHUB.id())) {
                assertEquals(List.of(), obeyed(text), name);
            }
        });
        ValidReport.check(text("json"));
        ValidReport.check(text("stdout"));
        xml(text("junit"));
        each("prometheus", SAMPLE);
        each("tap", TAP);
        for (String line : text("github").lines().toList()) {
            assertTrue(
                    line.matches("::(error|warning|notice) title=[^:,]*::.*|probe: .* is healthy"),
                    line);
            assertFalse(line.contains("##["), line);
        }
    }

    private static boolean steers(int c) {
        return c < ' ' && c != '\n' || c >= 0x7f && c < 0xa0 || c >= 0x200b && c <= 0x200f
                || c >= 0x2028 && c <= 0x202e || c >= 0x2066 && c <= 0x2069 || c == 0xfeff
                || c >= 0xfffe && c <= 0xffff;
    }

    private static List<String> obeyed(String text) {
        return text.lines().filter(line -> OBEYED.matcher(line).matches()).toList();
    }

    private void each(String name, Pattern pattern) {
        for (String line : text(name).lines().toList()) {
            Matcher matcher = pattern.matcher(line);
            assertTrue(line.isEmpty() || matcher.matches(), name + ": " + line);
        }
    }

    private static void xml(String text) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        Document document = factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        assertEquals(1, document.getElementsByTagName("testcase").getLength(), text);
    }
}
