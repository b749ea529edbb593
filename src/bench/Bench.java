import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Measures the packaged program beside what one would use in its place, and prints tables:
 *
 * <pre>mvn -q -DskipTests package; java src/bench/Bench.java [start] [limits] [wire] [many] [size]</pre>
 *
 * <p>With a JDK 25, as that is also what the ratios refer to. Rivals are measured where they are installed (Debian:
 * curl, nmap, monitoring-plugins-basic, httping, python3, prometheus-blackbox-exporter; tcpdump for the phases, as root). Everything happens on loopback. Run it on a machine that
 * has nothing else to do: where the runs lie too far apart, no ratio is printed.
 */
final class Bench {
    private static final int TIMES = 21;
    private static final Path HOME = Path.of("target/probe");
    private static final String PROBE = HOME.resolve("bin/probe").toAbsolutePath().toString();
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin/java").toString();

    @SuppressWarnings("try")
    public static void main(String[] args) throws Exception {
        List<String> wanted = args.length == 0 ? List.of("start", "limits", "wire", "many", "size") : List.of(args);
        Path folder = Files.createTempDirectory("bench");
        try (Servers servers = new Servers()) {
            System.out.println("Measured on: " + Runs.machine() + "\n");
            for (String part : wanted) {
                switch (part) {
                    case "start" -> start(servers, folder);
                    case "limits" -> limits(servers, folder);
                    case "wire" -> wire(servers, folder);
                    case "many" -> many(servers, folder);
                    case "size" -> size(servers);
                    default -> throw new IllegalArgumentException(part + " is none of start, limits, wire, many, size");
                }
            }
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Collections.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
        System.exit(0);
    }

    private static void start(Servers servers, Path folder) throws Exception {
        Path hello = Files.writeString(folder.resolve("Hello.java"),
                "class Hello { public static void main(String[] a) { System.out.println(\"hello\"); } }");
        new ProcessBuilder(Path.of(JAVA).resolveSibling("javac").toString(), "-d", folder.toString(),
                hello.toString()).inheritIO().start().waitFor();
        String url = "http://" + servers.http() + "/";
        String[] web = servers.http().split(":");
        String[] tcp = servers.accepting().split(":");
        Runs runs = new Runs().add("java -Xshare:auto Hello", JAVA, "-Xshare:auto", "-cp", folder.toString(), "Hello")
                .add("probe --version", PROBE, "--version")
                .add("probe, healthy port", PROBE, servers.accepting())
                .add("probe, refused, with evidence", PROBE, servers.refusing())
                .add("probe, URL", PROBE, url)
                .add("curl, URL", "/usr/bin/curl", "-s", url)
                .add("nmap -sT, port", "/usr/bin/nmap", "-sT", "-Pn", "-n", "-p", tcp[1], tcp[0])
                .add("check_tcp, port", "/usr/lib/nagios/plugins/check_tcp", "-H", tcp[0], "-p", tcp[1])
                .add("check_http, URL", "/usr/lib/nagios/plugins/check_http", "-I", web[0], "-p", web[1])
                .add("httping -c 1, URL", "/usr/bin/httping", "-c", "1", url)
                .add("python3 http.client, URL", "/usr/bin/python3", "-c", "import http.client; "
                        + "c = http.client.HTTPConnection('" + servers.http() + "'); c.request('GET', '/'); "
                        + "c.getresponse().read()");
        try (Exporter exporter = Exporter.isInstalled() ? Exporter.start(folder) : null) {
            if (exporter != null) {
                runs.add("curl to a running blackbox-exporter, port", "/usr/bin/curl", "-s",
                        exporter.probe("tcp_connect", servers.accepting()))
                        .add("curl to a running blackbox-exporter, URL", "/usr/bin/curl", "-s",
                                exporter.probe("http_2xx", url));
            }
            runs.make(TIMES);
        }
        System.out.println("### Cold start\n\nWhole processes, median of " + TIMES + ", in turns.\n");
        System.out.println(runs.table(Map.of("probe --version", "2.2 ×", "probe, healthy port", "3.0 ×",
                "probe, refused, with evidence", "4.0 ×", "probe, URL", "5.0 ×")));
    }

    /** How long after its limit each attempt says that the limit fired. */
    private static void limits(Servers servers, Path folder) throws Exception {
        System.out.println("""
                ### Limits

                When a limit fires, after its value, from the reports of one process.

                | limit | attempts | earliest | median | 99 % | goal |
                |---|---|---|---|---|---|""");
        limit("connect-timeout", 200, 100, 4, servers.dropping(), folder, "within 10 ms");
        limit("tls-timeout", 200, 100, 4, "tls://" + servers.mute(), folder, "within 10 ms");
        limit("socket-timeout", 200, 100, 4, "http://" + servers.mute() + "/", folder, "within 10 ms");
        limit("deadline", 200, 100, 4, servers.dropping(), folder, "within 10 ms");
        limit("connect-timeout", 1_000, 1_000, 1_000, servers.dropping(), folder, "within 100 ms");
        System.out.println();
    }

    private static void limit(String name, int limit, int attempts, int concurrency, String target, Path folder,
            String goal) throws IOException, InterruptedException {
        Path list = Files.writeString(folder.resolve("targets"), (target + "\n").repeat(attempts));
        Process process = new ProcessBuilder(PROBE, "--" + name, limit + "ms", "--evidence", "none", "--concurrency",
                "" + concurrency, "--per-host", "" + concurrency, "--targets", list.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        process.getOutputStream().close();
        // The deadline counts from the beginning of the probe, the others from that of their phase.
        boolean whole = name.equals("deadline");
        var elapsed = Pattern.compile("\"startMs\":([0-9.]+),\"durationMs\":([0-9.]+),\"outcome\":\"failed\""
                + ".*?\"limit\":\"([a-z-]+)\"");
        List<Double> late = new ArrayList<>();
        try (var lines = process.inputReader()) {
            lines.lines().forEach(line -> {
                var found = elapsed.matcher(line);
                while (found.find()) {
                    if (name.startsWith(found.group(3)) || found.group(3).startsWith(name)) {
                        double start = whole ? Double.parseDouble(found.group(1)) : 0;
                        late.add(start + Double.parseDouble(found.group(2)) - limit);
                    }
                }
            });
        }
        process.waitFor();
        Collections.sort(late);
        System.out.println(late.isEmpty() ? "| --" + name + " | 0 | | | | " + goal + " |"
                : Runs.format("| --%s %d ms, %d at once | %d | %.2f ms | %.2f ms | %.2f ms | %s |", name, limit,
                        concurrency, late.size(), late.getFirst(), late.get(late.size() / 2),
                        late.get((int) Math.ceil(late.size() * 0.99) - 1), goal));
    }

    /** How far the phases of the reports are from what the kernel saw; the first attempt is that of a cold JVM. */
    private static void wire(Servers servers, Path folder) throws Exception {
        if (!Capture.isPossible()) {
            return;
        }
        System.out.println("""
                ### Phases

                How much longer a phase is in the report than in a packet capture of the same attempt, one at a time.

                | phase | attempts | first | median | 99 % | goal |
                |---|---|---|---|---|---|""");
        wire("connect", servers.accepting(), servers.accepting(), folder);
        wire("connect", servers.http(), "http://" + servers.http() + "/", folder);
        wire("response-head", servers.http(), "http://" + servers.http() + "/", folder);
        System.out.println();
    }

    private static void wire(String phase, String where, String target, Path folder) throws Exception {
        Path list = Files.writeString(folder.resolve("targets"), (target + "\n").repeat(200));
        List<String> reports;
        Capture capture = Capture.of(where.substring(where.indexOf(':') + 1));
        try (capture) {
            Process process = new ProcessBuilder(PROBE, "--concurrency", "1", "--ordered", "--targets",
                    list.toString()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            process.getOutputStream().close();
            reports = process.inputReader().readAllLines();
            process.waitFor();
        }
        List<Double> longer = capture.differences(reports, phase);
        double first = longer.isEmpty() ? 0 : longer.getFirst();
        Collections.sort(longer);
        System.out.println(longer.isEmpty() ? "| " + phase + " | 0 | | | | within 1 ms |"
                : Runs.format("| %s, %s | %d | %.2f ms | %.2f ms | %.2f ms | within 1 ms |", phase,
                        target.startsWith("http") ? "URL" : "port", longer.size(), first,
                        longer.get(longer.size() / 2), longer.get((int) Math.ceil(longer.size() * 0.99) - 1)));
    }

    private static void many(Servers servers, Path folder) throws Exception {
        System.out.println("""
                ### Many targets

                | targets | time | a second | memory | goal |
                |---|---|---|---|---|""");
        String mixed = (servers.accepting() + "\n").repeat(9) + servers.refusing() + "\n";
        series("100 ports, one in ten refused", mixed.repeat(10), 100, folder, "", "--per-host", "256");
        series("10,000 ports, one in ten refused", mixed.repeat(1_000), 10_000, folder, "4,000 a second, 256 MB",
                "--per-host", "256");
        series("100,000 ports, one in ten refused", mixed.repeat(10_000), 100_000, folder, "flat", "--per-host", "256");
        series("1,000 URLs", ("http://" + servers.http() + "/\n").repeat(1_000), 1_000, folder, "800 a second",
                "--per-host", "256");
        series("5,000 silent ports, 1 s", (servers.dropping() + "\n").repeat(5_000), 5_000, folder, "2.5 s",
                "--per-host", "5000", "--concurrency", "5000", "--connect-timeout", "1s");
        System.out.println();
    }

    private static void series(String name, String targets, int count, Path folder, String goal, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PROBE, "--targets",
                Files.writeString(folder.resolve("targets"), targets).toString()));
        command.addAll(List.of(options));
        List<Double> walls = new ArrayList<>();
        for (int i = 0; i < (count > 20_000 ? 1 : 3); i++) {
            walls.add(Runs.wall(command));
        }
        Collections.sort(walls);
        double median = walls.get(walls.size() / 2);
        System.out.println(Runs.format("| %s | %.2f s | %.0f | %.0f MiB | %s |", name, median, count / median,
                Runs.peakMebibytes(command), goal));
    }

    private static void size(Servers servers) throws Exception {
        double runtime;
        try (Stream<Path> files = Files.walk(HOME.resolve("runtime"))) {
            runtime = files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum() / 1048576.0;
        }
        double single = 0;
        for (int i = 0; i < 5; i++) {
            single = Math.max(single, Runs.peakMebibytes(List.of(PROBE, servers.accepting())));
        }
        System.out.println(Runs.format("""
                ### Size

                | what | size | goal |
                |---|---|---|
                | runtime image | %.0f MiB | 60 MB |
                | resident memory of one probe | %.0f MiB | 64 MB |
                """, runtime, single));
    }
}
