package probe.prober;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole JVM that speaks German: getaddrinfo's messages are translated by libc, and Java passes them on. Needs the
 * sources of the locale and libc's German messages (the packages locales and libc-l10n of Debian); where they are not
 * installed there is nothing to translate with, and the test is left out.
 */
@EnabledIf("speaksGerman")
class GermanResolverTest {
    @TempDir
    Path folder;

    static boolean speaksGerman() {
        return Files.exists(Path.of("/usr/share/i18n/locales/de_DE"))
                && Files.exists(Path.of("/usr/bin/localedef"))
                && Files.exists(Path.of("/usr/share/locale/de/LC_MESSAGES/libc.mo"));
    }

    /** What the child prints; every name is refused by libc itself, before any packet. */
    public static final class Child {
        private Child() {}

        /** One line: what Java says, then what is made of it, then the same for other codes of libc. */
        public static void main(String[] arguments) {
            System.setOut(new java.io.PrintStream(
                    new java.io.FileOutputStream(java.io.FileDescriptor.out), true,
                    StandardCharsets.UTF_8));
            try {
                System.out.println(Arrays.toString(InetAddress.getAllByName("a..b")));
            } catch (UnknownHostException e) {
                System.out.println(e.getMessage());
                System.out.println(ResolverErrors.name(e, "a..b"));
            }
            for (int code : new int[] {-5, -3}) {
                String text = "db.test: " + LocalErrorText.ofResolver(code);
                System.out.println(ResolverErrors.name(new UnknownHostException(text), "db.test"));
            }
        }
    }

    @Test
    @Timeout(120)
    void the_codes_are_found_again_behind_german_words() throws IOException, InterruptedException {
        run(List.of("localedef", "-i", "de_DE", "-f", "UTF-8", "--no-archive",
                folder.resolve("de_DE.UTF-8").toString()));
        List<String> lines = run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                Child.class.getName()));
        assertEquals(List.of("a..b: Der Name oder der Dienst ist nicht bekannt", "NAME_NOT_FOUND",
                "NAME_NO_ADDRESS", "NAME_LOOKUP_FAILED"), lines);
    }

    private List<String> run(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().put("LOCPATH", folder.toString());
        builder.environment().put("LC_ALL", "de_DE.UTF-8");
        builder.start().waitFor();
        return Files.readAllLines(out);
    }
}
