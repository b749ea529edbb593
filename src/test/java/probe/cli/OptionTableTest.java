package probe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OptionTableTest {

    private static Set<String> known(String... words) {
        return OptionTable.commandLine(words).getCommandSpec().optionsMap().keySet();
    }

    @Test
    void only_the_options_among_the_words_are_built() {
        assertEquals(Set.of(), known("db.test:5432", "-"));
        assertEquals(Set.of("--deadline", "-L", "--location"),
                known("--deadline=3s", "-L", "http://db.test/"));
        assertEquals(Set.of("--send"), known("--send", "a", "--send", "b"));
    }

    @Test
    void every_option_is_found_by_each_of_its_names_with_and_without_a_value() {
        Set<String> names = OptionTable.names();
        assertTrue(names.size() > 50, names::toString);
        for (String name : names) {
            assertTrue(known(name).contains(name), name);
            assertTrue(known(name + "=x").contains(name), name);
            assertTrue(known(name).size() <= 2, name); // a short name and a long one
        }
    }

    /** So that what stands nearest can be named. */
    @Test
    void a_word_that_is_no_option_has_all_of_them_built() {
        for (String word : List.of("--deadlin", "--deadline3s", "-LL", "--", "-x",
                "--idle-limit")) {
            assertEquals(OptionTable.names(), known(word, "--deadline", "3s"), word);
        }
    }
}
