package probe;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.ClassesShouldConjunction;
import com.tngtech.archunit.lang.syntax.elements.GivenClasses;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The rooms of the program, and what each may know: facts, judgement and wiring stay apart. */
class ArchitectureTest {

    /** What each room may use of the others. Nothing points back up; a room not named here fails. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            room("target"),
            room("profile", "target"),
            room("attempt", "profile", "target"),
            room("prober", "attempt", "profile", "target"),
            room("evidence", "attempt", "profile", "target"),
            room("evidence.linux", "evidence", "attempt", "profile", "target"),
            room("evidence.collect", "evidence.linux", "evidence", "attempt", "profile", "target"),
            room("diagnosis", "evidence", "attempt", "profile", "target"),
            room("advice", "diagnosis", "evidence", "attempt", "profile", "target"),
            room("report", "advice", "diagnosis", "evidence", "attempt", "profile", "target"),
            room("cli", "report", "advice", "diagnosis", "evidence.collect", "evidence.linux",
                    "evidence", "prober", "attempt", "profile", "target"));

    static final Set<String> ROOMS = new TreeSet<>(MAY_USE.keySet());

    /** Rooms whose every result follows from their arguments, so that a saved report can be judged. */
    private static final String[] PURE = packages("target", "attempt", "evidence", "diagnosis",
            "advice", "report");

    /** Each library is known to the rooms that need it, and can be replaced there. */
    private static final Map<String, String[]> LIBRARIES = Map.of(
            "picocli..", packages("cli"),
            "org.apache.hc..", packages("prober"),
            "com.fasterxml.jackson..", packages("profile", "report", "cli"),
            "org.xbill..", packages("evidence.collect", "prober"),
            "java.lang.foreign..", packages("evidence.linux", "prober"),
            "org.slf4j..", packages(),
            "java.util.logging..", packages());

    static final Set<String> LIBRARY_NAMES = new TreeSet<>(LIBRARIES.keySet());

    private static final DescribedPredicate<JavaClass> OUTSIDE_WORLD = describe(
            "files, sockets, processes or threads",
            type -> type.getPackageName().startsWith("java.nio.file")
                    || type.getPackageName().startsWith("java.nio.channels")
                    || type.getPackageName().startsWith("java.net.http")
                    || Set.of("java.io.File", "java.io.FileInputStream", "java.io.FileOutputStream",
                            "java.io.FileReader", "java.io.FileWriter", "java.io.RandomAccessFile",
                            "java.net.Socket", "java.net.ServerSocket", "java.net.DatagramSocket",
                            "java.net.URLConnection", "java.net.NetworkInterface",
                            "java.lang.Process", "java.lang.ProcessBuilder", "java.lang.Thread",
                            "java.util.concurrent.Executors", "java.util.Timer")
                            .contains(type.getName()));

    private static final DescribedPredicate<JavaAccess<?>> CLOCK_NAMES_OR_ENVIRONMENT = accessTo(
            "java.time.Instant.now", "java.time.ZonedDateTime.now", "java.time.OffsetDateTime.now",
            "java.time.LocalDateTime.now", "java.time.LocalDate.now",
            "java.time.Clock.systemUTC", "java.time.Clock.systemDefaultZone",
            "java.lang.System.currentTimeMillis", "java.lang.System.nanoTime",
            "java.lang.System.getenv", "java.lang.System.getProperty",
            "java.lang.Math.random", "java.util.UUID.randomUUID",
            "java.net.InetAddress.getByName", "java.net.InetAddress.getAllByName",
            "java.net.InetAddress.getLocalHost", "java.net.InetAddress.getHostName",
            "java.net.InetAddress.getCanonicalHostName");

    private static final DescribedPredicate<JavaAccess<?>> STANDARD_STREAMS = accessTo(
            "java.lang.System.in", "java.lang.System.out", "java.lang.System.err",
            "java.lang.Throwable.printStackTrace");

    private static final DescribedPredicate<JavaAccess<?>> EXIT = accessTo(
            "java.lang.System.exit", "java.lang.Runtime.exit", "java.lang.Runtime.halt");

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("probe");

    @Test
    void every_folder_is_a_known_room_and_its_classes_were_seen() throws IOException {
        Set<String> folders = foldersWithSources();
        assertTrue(folders.contains("cli"), folders::toString);
        assertTrue(ROOMS.containsAll(folders), () -> folders + " are not all in " + ROOMS);
        assertEquals(folders, seenRooms());
    }

    @ParameterizedTest
    @FieldSource("ROOMS")
    void a_room_uses_only_the_rooms_below_it(String room) {
        Set<String> above = new TreeSet<>(ROOMS);
        above.removeAll(MAY_USE.getOrDefault(room, Set.of()));
        above.remove(room);
        String[] forbidden = packages(above.toArray(String[]::new));
        check(noClasses().that()
                .resideInAPackage("probe." + room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden));
    }

    @Test
    void no_two_rooms_need_each_other() {
        check(slices().matching("probe.(**)").should().beFreeOfCycles());
    }

    @Test
    void facts_and_judgement_touch_nothing_but_their_arguments() {
        check(beImpure(noClasses().that().resideInAnyPackage(PURE)));
    }

    @ParameterizedTest
    @FieldSource("LIBRARY_NAMES")
    void a_library_is_known_only_where_it_is_needed(String library) {
        String[] homes = LIBRARIES.getOrDefault(library, packages());
        check(noClasses().that(DescribedPredicate.not(resideInAnyPackage(homes)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library));
    }

    @Test
    void only_the_command_line_knows_the_standard_streams() {
        check(noClasses().that()
                .resideOutsideOfPackage("probe.cli")
                .should()
                .accessTargetWhere(STANDARD_STREAMS));
    }

    @Test
    void only_main_ends_the_program() {
        check(noClasses().that()
                .doNotHaveFullyQualifiedName("probe.cli.Main")
                .should()
                .accessTargetWhere(EXIT));
    }

    @Test
    void every_room_is_null_marked() throws IOException {
        for (String folder : foldersWithSources()) {
            assertTrue(PRODUCT.getPackage("probe." + folder)
                    .isAnnotatedWith(NullMarked.class), folder);
        }
    }

    /** Without this, a rule that matches nothing would look like a rule that holds. */
    @ParameterizedTest
    @FieldSource("OFFENDERS")
    void the_purity_rule_catches(Class<?> offender) {
        JavaClasses one = new ClassFileImporter().importClasses(offender);
        ArchRule rule = beImpure(noClasses());
        assertTrue(rule.evaluate(one).hasViolation(), offender::getName);
    }

    @Test
    void the_stream_and_exit_rules_catch_an_offender() {
        JavaClasses one = new ClassFileImporter().importClasses(Exits.class);
        assertTrue(noClasses().should()
                .accessTargetWhere(STANDARD_STREAMS)
                .evaluate(one)
                .hasViolation());
        assertTrue(noClasses().should().accessTargetWhere(EXIT).evaluate(one).hasViolation());
    }

    static final Set<Class<?>> OFFENDERS = Set.of(ReadsAFile.class, AsksTheClock.class,
            LooksUpANameNow.class, StartsAThread.class, Exits.class);

    static final class ReadsAFile {
        InputStream open() throws IOException {
            return Files.newInputStream(Path.of("x"));
        }
    }

    static final class AsksTheClock {
        Instant now() {
            return Instant.now();
        }
    }

    static final class LooksUpANameNow {
        String look() throws IOException {
            return java.net.InetAddress.getByName("localhost").toString();
        }
    }

    static final class StartsAThread {
        void start(Runnable work) {
            Thread.ofVirtual().start(work);
        }
    }

    static final class Exits {
        void exit() {
            System.err.println("bye");
            System.exit(1);
        }
    }

    private static ArchRule beImpure(
            GivenClassesConjunction classes) {
        return beImpure(classes.should().dependOnClassesThat(OUTSIDE_WORLD));
    }

    private static ArchRule beImpure(
            GivenClasses classes) {
        return beImpure(classes.should().dependOnClassesThat(OUTSIDE_WORLD));
    }

    private static ArchRule beImpure(ClassesShouldConjunction touchingTheOutside) {
        return touchingTheOutside.orShould()
                .accessTargetWhere(CLOCK_NAMES_OR_ENVIRONMENT)
                .orShould()
                .accessTargetWhere(STANDARD_STREAMS);
    }

    /** A room may still be empty; that the others are not is asserted above. */
    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(PRODUCT);
    }

    private static DescribedPredicate<JavaAccess<?>> accessTo(String... members) {
        Set<String> names = Set.of(members);
        return describe("one of " + new TreeSet<>(names),
                access -> names.contains(
                        access.getTargetOwner().getName() + "." + access.getTarget().getName()));
    }

    private static Set<String> foldersWithSources() throws IOException {
        Path root = Path.of("src/main/java/probe");
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> root.relativize(file.getParent()).toString().replace('/', '.'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> seenRooms() {
        return PRODUCT.stream()
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .map(type -> type.getPackageName().substring("probe.".length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map.Entry<String, Set<String>> room(String name, String... below) {
        return Map.entry(name, Set.of(below));
    }

    private static String[] packages(String... rooms) {
        return Stream.of(rooms).map(room -> "probe." + room).toArray(String[]::new);
    }
}
