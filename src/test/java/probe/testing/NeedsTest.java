package probe.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class NeedsTest {

    @Test
    void a_test_that_lacks_nothing_runs_anywhere() {
        assertFalse(NeedsCondition.decide(List.of(), false).isDisabled());
        assertFalse(NeedsCondition.decide(List.of(), true).isDisabled());
    }

    @Test
    void a_test_that_lacks_something_is_skipped_with_the_reason() {
        var result = NeedsCondition.decide(List.of("root", "the program nft"), false);
        assertTrue(result.isDisabled());
        assertEquals("missing here: root, the program nft", result.getReason().orElseThrow());
    }

    @Test
    void a_test_that_lacks_something_fails_where_every_test_must_run() {
        var thrown = assertThrows(IllegalStateException.class,
                () -> NeedsCondition.decide(List.of("root"), true));
        assertTrue(String.valueOf(thrown.getMessage()).contains("root"), thrown::toString);
    }

    @Test
    void a_missing_program_is_named() throws ReflectiveOperationException {
        assertEquals(List.of("the program no-such-program"), missing("a_shell_and_a_fiction"));
    }

    @Test
    void a_program_in_the_path_is_found() throws ReflectiveOperationException {
        assertEquals(List.of(), missing("a_shell"));
    }

    @Test
    void root_is_whoever_owns_the_files_this_process_makes() throws IOException {
        Path made = Files.createTempFile("owner", null);
        try {
            Object owner = Files.getAttribute(made, "unix:uid");
            assertEquals(owner.equals(0), Prerequisite.ROOT.isMet());
        } finally {
            Files.delete(made);
        }
    }

    @Test
    @Needs(commands = "sh")
    void the_annotation_lets_a_test_run_whose_needs_are_met() {
        assertTrue(Prerequisite.find("sh").isPresent());
    }

    @Needs(commands = "sh")
    void a_shell() {}

    @Needs(commands = {"sh", "no-such-program"})
    void a_shell_and_a_fiction() {}

    private static List<String> missing(String method) throws ReflectiveOperationException {
        Method annotated = NeedsTest.class.getDeclaredMethod(method);
        Needs needs = annotated.getAnnotation(Needs.class);
        assertNotNull(needs);
        return NeedsCondition.missing(needs);
    }
}
