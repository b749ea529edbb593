package probe.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's page of faults is the laboratory's table; {@code -Dprobe.readme.update=true} writes it anew. */
class PageTest {
    private static final Path README = Path.of("README.md");

    @Test
    void the_page_is_the_table() throws IOException {
        String readme = Files.readString(README);
        int begin = readme.indexOf(Page.BEGIN);
        int end = readme.indexOf(Page.END) + Page.END.length();
        if (Boolean.getBoolean("probe.readme.update")) {
            Files.writeString(README,
                    readme.substring(0, begin) + Page.text() + readme.substring(end));
            return;
        }
        assertEquals(Page.text(), readme.substring(begin, end));
    }

    @Test
    void every_fault_is_its_own() {
        List<String> ids = Scenarios.all().stream().map(Scenario::id).toList();
        assertEquals(ids.stream().distinct().toList(), ids);
    }
}
