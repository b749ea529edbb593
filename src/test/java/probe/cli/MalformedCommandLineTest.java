package probe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MalformedCommandLineTest {
    private static final String T = "127.0.0.1:1";

    /** The words, and a part of the one line that answers them. */
    static Stream<Arguments> lines() {
        return Stream.of(line("no target"), line("no port", "db.example"),
                line("1 to 65535", "db.example:0"),
                line("1 to 65535", "db.example:65536"), line("1 to 65535", "db.example:http"),
                line("brackets", "2001:db8::1:443"), line("without its ]", "[2001:db8::1"),
                line("unknown scheme", "ftp://a.example/"),
                line("has no path", "tcp://a.example:80/x"),
                line("has a path but no scheme", "a.example:80/x"), line("empty target", ""),
                line("space or control", "a.example :80"), line("not a host name", "a..example:80"),
                line("unknown option '--sned'; did you mean --send?", "--sned", T),
                line("unknown option '-x'", "-x", T),
                line("unknown option", "--evil\u001b[31m", T),
                line("--connect-timeout needs a value", "--connect-timeout"),
                line("given twice", "--connect-timeout", "1s", "--connect-timeout", "2s", T),
                line("--connect-timeout: '3' has no unit; type 3s or 3ms", "--connect-timeout", "3",
                        T),
                line("--connect-timeout: 'soon' is not a duration", "--connect-timeout", "soon", T),
                line("--socket-timeout: '-1s' is not a duration", "--socket-timeout=-1s", T),
                line("--tls-timeout: '0s' is too short", "--tls-timeout", "0s", T),
                line("--dns-timeout: '0.1ms' is not a duration", "--dns-timeout", "0.1ms", T),
                line("--deadline: '25h' is longer than a day", "--deadline", "25h", T),
                line("--deadline: 'PT-3S' is too short", "--deadline", "PT-3S", T),
                line("--deadline: 'P3' is not an ISO", "--deadline", "P3", T),
                line("--connection-request-timeout: '' is not a duration",
                        "--connection-request-timeout",
                        "", T),
                line("--interval: '5' has no unit", "--interval", "5", T),
                line("--for is for waiting; type probe wait", "--for", "3s", T),
                line("--keep-waiting-for is for waiting", "--keep-waiting-for", "refused", T),
                line("--for: '3' has no unit", "wait", "--for", "3", T),
                line("--keep-waiting-for: 'refusd' is no kind of fault", "wait",
                        "--keep-waiting-for", "refusd", T),
                line("no command after --", "wait", T, "--"),
                line("--attempts has no place in probe wait", "wait", "--attempts", "2", T),
                line("no target", "wait", "--", "true"),
                line("can be read only once", "wait", "--data", "@-", "http://a.example/"),
                line("add --requests", "--pool-size", "5", "http://a.example/"),
                line("--requests is for URLs", "--requests", "5", T),
                line("--attempts has no place beside --requests", "--requests", "5", "--attempts",
                        "2", "http://a.example/"),
                line("--requests has no place in probe wait", "wait", "--requests", "5",
                        "http://a.example/"),
                line("--pool-size: '0' is not a number", "--requests", "5", "--pool-size", "0",
                        "http://a.example/"),
                line("--attempts has no place beside --idle", "--idle", "5s", "--attempts", "2", T),
                line("--idle: '5' has no unit", "--idle", "5", T),
                line("--idle has no place in probe wait", "wait", "--idle", "5s", T),
                line("type --for", "idle-limit", "--idle", "5s", T),
                line("--attempts: '0' is not a number", "--attempts", "0", T),
                line("--attempts: 'many' is not a number", "--attempts", "many", T),
                line("--concurrency: '99999999' is not a number", "--concurrency", "99999999", T),
                line("-4 and -6 exclude each other", "-4", "-6", T),
                line("--resolve 'a:b' is not host:port:address", "--resolve", "a:b", T),
                line("is not an IP address", "--resolve", "a:80:b", T),
                line("--expect-kind: 'refusd' is no kind of fault; did you mean refused?",
                        "--expect-kind", "refusd", T),
                line("--expect-healthy: 'no' is neither", "--expect-healthy", "no", T),
                line("--format is given twice", "--format", "json", "--format", "text", T),
                line("--format: cannot write the file 'no/such/x.xml'", "--format",
                        "junit=no/such/x.xml", T),
                line("--output: cannot write the file 'no/such/x'", "--output", "no/such/x", T),
                line("--color: 'red' is none of", "--color", "red", T),
                line("--quiet excludes", "--quiet", "--debug", T),
                line("--targets: cannot read the file 'no-such-list'", "--targets",
                        "no-such-list"),
                line("--targets names no target", "--targets", "-"),
                line("both read standard input", "--targets", "-", "--data", "@-"),
                line("'0' is not a number from 1", "--per-host", "0", T),
                line("--method: 'GET IT' is not an HTTP method", "--method", "GET IT",
                        "http://a.example/"),
                line("--header '…' is not a header", "--header", "nonsense", "http://a.example/"),
                line("--header 'X' is not a header", "--header", "X: a\r\nY: b",
                        "http://a.example/"),
                line("--max-redirs limits what -L follows; add -L", "--max-redirs", "3",
                        "http://a.example/"),
                line("--max-redirs: 'no' is not a number from 0 to 999", "-L", "--max-redirs", "no",
                        "http://a.example/"),
                line("--location is for URLs", "-L", T),
                line("--data: cannot read the file", "--data", "@/no/such/file",
                        "http://a.example/"),
                line("--expect-status: '2xx' is no HTTP status code", "--expect-status", "2xx",
                        "http://a.example/"),
                line("--expect-status: '300-200' is no range", "--expect-status", "300-200",
                        "http://a.example/"),
                line("--expect-body: '(' is not a regular expression", "--expect-body", "(",
                        "http://a.example/"),
                line("--expect: '[' is not a regular expression", "--expect", "[", T),
                line("--send and --expect are for raw sockets", "--send", "x", "http://a.example/"),
                line("--method is for URLs", "--method", "GET", T),
                line("--data is for URLs", "--data", "x", T),
                line("--evidence: 'all' is no evidence level", "--evidence", "all", T),
                line("--control: 'gateway' has no port", "--control", "gateway", T),
                line("--format: 'xml' is no format", "--format", "xml", T),
                line("--cacert: cannot read the file", "--cacert", "/no/such/file",
                        "tls://a.example:443"),
                line("--key needs --cert", "--key", "pom.xml", "tls://a.example:443"),
                line("--tls-min: '3' is not a TLS version", "--tls-min", "3",
                        "tls://a.example:443"),
                line("--profile: ", "--profile", "no-such-profile", T),
                line("--proxy: proxies of scheme 'ftp'", "--proxy", "ftp://a.example:1", T),
                line("--proxy: ", "--proxy", "http://a..example:1", T),
                line("can be read only once", "--data", "@-", "--attempts", "2",
                        "http://a.example/"));
    }

    private static Arguments line(String complaint, String... words) {
        return Arguments.of(complaint, List.of(words));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("lines")
    void a_malformed_command_line_is_one_line_on_standard_error_and_exit_2(String complaint,
            List<String> words) {
        Ran ran = Ran.probe(words.toArray(String[]::new));
        assertEquals(ExitCode.USAGE, ran.code(), ran.err());
        assertEquals("", ran.out());
        assertEquals(1, ran.err().lines().count(), ran.err());
        assertTrue(ran.err().startsWith("probe: ") && ran.err().contains(complaint), ran.err());
        assertTrue(ran.err().strip().chars().noneMatch(Character::isISOControl), ran.err());
    }

    @Test
    void a_malformed_proxy_variable_is_named_and_its_password_is_not() {
        Ran ran = Ran.probe(Console.Reader.PROGRAM,
                Map.of("http_proxy", "http://user:secret@a..example:1"),
                "http://127.0.0.1:1/");
        assertEquals(ExitCode.USAGE, ran.code(), ran.err());
        assertTrue(ran.err().contains("http_proxy") && !ran.err().contains("secret"), ran.err());
        assertEquals("", ran.out());
    }

    @Test
    void a_secret_header_is_not_echoed() {
        Ran ran = Ran.probe("--header", "Authorization Bearer hunter2", "http://a.example/");
        assertEquals(ExitCode.USAGE, ran.code());
        assertTrue(!ran.err().contains("hunter2"), ran.err());
    }
}
