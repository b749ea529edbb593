package probe.prober;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import probe.attempt.FailureName;

/** The codes of getaddrinfo, found again in what Java makes of them. */
class ResolverErrorsTest {

    @ParameterizedTest
    @CsvSource({"-2, NAME_NOT_FOUND", "-5, NAME_NO_ADDRESS", "-3, NAME_LOOKUP_FAILED",
        "-4, NAME_LOOKUP_FAILED",
        "-11, NAME_LOOKUP_FAILED"})
    void the_text_of_this_systems_own_library_is_understood_in_its_own_language(int code,
            FailureName name) {
        String text = LocalErrorText.ofResolver(code);
        assertNotNull(text);
        assertEquals(name,
                ResolverErrors.name(new UnknownHostException("db.test: " + text), "db.test"));
    }

    @Test
    void the_name_before_the_text_may_be_written_in_any_case() {
        assertEquals(FailureName.NAME_NOT_FOUND, ResolverErrors.name(
                new UnknownHostException("DB.Test: Name or service not known"), "db.test"));
    }

    @ParameterizedTest
    @CsvSource({"Name does not resolve, NAME_NOT_FOUND",
        "'nodename nor servname provided, or not known', NAME_NOT_FOUND",
        "No such host is known, NAME_LOOKUP_FAILED"})
    void other_systems_words_are_known_or_left_open(String text, FailureName name) {
        assertEquals(name,
                ResolverErrors.name(new UnknownHostException("db.test: " + text), "db.test"));
    }

    @Test
    void nothing_said_is_left_open() {
        assertEquals(FailureName.NAME_LOOKUP_FAILED,
                ResolverErrors.name(new UnknownHostException(), "db.test"));
        assertEquals(FailureName.NAME_LOOKUP_FAILED,
                ResolverErrors.name(new UnknownHostException(""), "db.test"));
    }
}
