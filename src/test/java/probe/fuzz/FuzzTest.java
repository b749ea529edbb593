package probe.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hundred thousand mutated answers, in a JVM with a heap of 64 MB. The same seed gives the same answers; one case is
 * had again with
 *
 * <pre>{@code mvn test -Dtest=FuzzTest -Dprobe.fuzz.seed=1 -Dprobe.fuzz.first=4711 -Dprobe.fuzz.count=1}</pre>
 */
class FuzzTest {
    private static final long SEED = Long.getLong("probe.fuzz.seed", 1);
    private static final int FIRST = Integer.getInteger("probe.fuzz.first", 0);
    private static final int COUNT = Integer.getInteger("probe.fuzz.count", 100_000);

    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES) // a minute on two free cores
    void whatever_a_server_says_there_is_a_verdict_in_time_in_clean_words_and_in_64_megabytes(
            @TempDir Path folder) throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        Process run = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            run.getOutputStream().close();
            int code = run.waitFor();
            String told = "seed " + SEED + ", cases " + FIRST + " to " + (FIRST + COUNT - 1) + "\n"
                    + Files.readString(log, StandardCharsets.UTF_8);
            System.out.println(told);
            assertEquals(0, code, told);
            assertTrue(told.contains("\nall: " + COUNT + "\n"), told);
        } finally {
            run.destroyForcibly();
        }
    }

    private static List<String> command() {
        // Others measure time beside it.
        List<String> words = new ArrayList<>(List.of("nice", "-n", "10",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m", "-XX:MaxDirectMemorySize=16m", "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError", "-XX:TieredStopAtLevel=1",
                // One key share in place of two: most of the time of a handshake goes into them.
                "-Djdk.tls.namedGroups=secp256r1"));
        List.of("java.net", "java.io", "sun.nio.ch")
                .forEach(name -> words.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
        words.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), Fuzz.class.getName(),
                String.valueOf(SEED), String.valueOf(FIRST), String.valueOf(COUNT)));
        return words;
    }

    @Test
    void a_case_is_the_same_whenever_it_is_made() {
        for (int number = 0; number < 500; number++) {
            FuzzCase once = new FuzzCase(SEED, number);
            FuzzCase again = new FuzzCase(SEED, number);
            assertEquals(once.family(), again.family());
            assertArrayEquals(once.bytes(), again.bytes());
        }
    }

    @Test
    void cases_are_unlike_and_each_family_has_its_share() {
        Set<String> answers = new HashSet<>();
        List<Family> families = new ArrayList<>();
        for (int number = 0; number < 2_000; number++) {
            FuzzCase fuzzCase = new FuzzCase(SEED, number);
            families.add(fuzzCase.family());
            answers.add(new String(fuzzCase.bytes(), StandardCharsets.ISO_8859_1));
        }
        Map<Family, Long> shares = families.stream()
                .collect(Collectors.groupingBy(family -> family, Collectors.counting()));
        assertEquals(Set.of(Family.values()), shares.keySet());
        assertTrue(answers.size() > 1_000, "only " + answers.size() + " unlike answers");
    }
}
