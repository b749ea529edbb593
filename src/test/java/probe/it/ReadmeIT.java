package probe.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import probe.testing.ClosedPort;
import probe.testing.Fault;
import probe.testing.FaultServer;
import probe.testing.FullBacklog;
import probe.testing.Moment;
import probe.testing.Needs;
import probe.testing.Prerequisite;

/**
 * Every command of the README is run against loopback, and its output compared with what the README shows, numbers
 * and times masked. With {@code -Dprobe.readme.update=true} what is seen is written into the README instead.
 */
@Needs(value = Prerequisite.PACKAGED, commands = {"bash", "jq"})
class ReadmeIT {
    private static final Path README = Path.of("README.md");
    private static final Pattern BLOCK = Pattern.compile("^```console\\n(.*?)^```$",
            Pattern.DOTALL | Pattern.MULTILINE);
    /** Fewer would mean that the pattern above no longer finds them. */
    private static final int AT_LEAST = 5;
    /** How often a command is run while the machine is too busy for it, which its report then rightly says. */
    private static final int TRIES = 5;
    private static final String TOO_BUSY = "This program stood still";

    @Test
    void every_command_of_the_readme_prints_what_the_readme_shows() throws IOException {
        String readme = Files.readString(README);
        try (ClosedPort closed = ClosedPort.open();
                FaultServer healthy = FaultServer.builder().start();
                FaultServer hung = FaultServer.start(Fault.stall(Moment.AFTER_REQUEST));
                FullBacklog silent = FullBacklog.open()) {
            Ports ports = new Ports(
                    List.of(new Port("5432", closed.port()), new Port("8080", healthy.port()),
                            new Port("8081", hung.port()), new Port("6379", silent.port())));
            if (Boolean.getBoolean("probe.readme.update")) {
                Files.writeString(README, updated(readme, ports));
            } else {
                compare(readme, ports);
            }
        }
    }

    private static void compare(String readme, Ports ports) {
        int commands = 0;
        Matcher blocks = BLOCK.matcher(readme);
        while (blocks.find()) {
            for (Shown shown : shown(blocks.group(1))) {
                commands++;
                assertEquals(mask(shown.output()), mask(calm(ports, shown.command())),
                        shown.command());
            }
        }
        assertTrue(commands >= AT_LEAST, "commands found: " + commands);
    }

    private static String calm(Ports ports, String command) {
        String output = ports.run(command);
        for (int i = 1; i < TRIES && output.contains(TOO_BUSY); i++) {
            output = ports.run(command);
        }
        return output;
    }

    private static String updated(String readme, Ports ports) {
        return BLOCK.matcher(readme).replaceAll(block -> {
            StringBuilder text = new StringBuilder("```console\n");
            for (Shown shown : shown(block.group(1))) {
                text.append("$ ")
                        .append(shown.command())
                        .append('\n')
                        .append(calm(ports, shown.command()));
            }
            return Matcher.quoteReplacement(text.append("```").toString());
        });
    }

    /** A command and what the README says that it prints. */
    private record Shown(String command, String output) {}

    /** A port of the README and the fixture that stands in for it. */
    private record Port(String shown, int real) {}

    private static List<Shown> shown(String block) {
        List<Shown> all = new ArrayList<>();
        for (String part : block.split("(?m)^\\$ ", -1)) {
            if (!part.isBlank()) {
                int end = part.indexOf('\n');
                all.add(new Shown(part.substring(0, end), part.substring(end + 1)));
            }
        }
        return all;
    }

    private record Ports(List<Port> ports) {

        /** Runs the command with the fixtures in place of the README's ports, and shows the README's ports again. */
        String run(String command) {
            String real = command;
            for (Port port : ports) {
                real = real.replace("127.0.0.1:" + port.shown(), "127.0.0.1:" + port.real());
            }
            String out = PackagedProbe.shell(real).out();
            for (Port port : ports) {
                out = out.replaceAll("\\b" + port.real() + "\\b", port.shown());
            }
            return out;
        }
    }

    /** What differs from run to run: numbers, units of time, the machine. */
    private static String mask(String output) {
        return output.replaceAll("(\"(os|program)\": ?)\"[^\"]*\"", "$1\"#\"")
                .replaceAll("\\d+(\\.\\d+)?", "#")
                .replaceAll("# (ms|s)\\b", "# t")
                .strip();
    }
}
