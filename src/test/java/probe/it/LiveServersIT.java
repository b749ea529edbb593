package probe.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import probe.testing.ClosedPort;
import probe.testing.Fault;
import probe.testing.FaultServer;
import probe.testing.ManagedProcess;
import probe.testing.Moment;
import probe.testing.Needs;
import probe.testing.Prerequisite;
import probe.testing.ValidReport;

/** Servers that nobody here wrote: healthy, stopped, and hung. */
@Needs(value = Prerequisite.PACKAGED, commands = {"nginx", "redis-server", "sshd", "ssh-keygen"})
class LiveServersIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static ManagedProcess nginx(String location) {
        return ManagedProcess
                .of("nginx", "-e", "{dir}/error.log", "-p", "{dir}", "-c", "{dir}/nginx.conf")
                .file("nginx.conf", """
                        daemon off; master_process off; pid {dir}/pid;
                        events { worker_connections 64; }
                        http {
                          access_log off;
                          client_body_temp_path {dir}/body; proxy_temp_path {dir}/proxy;
                          fastcgi_temp_path {dir}/fastcgi; uwsgi_temp_path {dir}/uwsgi;
                          scgi_temp_path {dir}/scgi;
                          server { listen 127.0.0.1:{port}; %s }
                        }
                        """.formatted(location))
                .start();
    }

    private static ManagedProcess redis() {
        return ManagedProcess
                .of("redis-server", "--port", "{port}", "--bind", "127.0.0.1", "--save", "",
                        "--appendonly", "no", "--dir", "{dir}", "--daemonize", "no")
                .start();
    }

    private static ManagedProcess sshd() throws IOException, InterruptedException {
        Path keys = Files.createTempDirectory("probe-test-sshd");
        Path key = keys.resolve("host_key");
        Process keygen = new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f",
                key.toString())
                .inheritIO()
                .start();
        assertEquals(0, keygen.waitFor());
        String hostKey = Files.readString(key);
        Files.delete(key);
        Files.delete(keys.resolve("host_key.pub"));
        Files.delete(keys);
        Files.createDirectories(Path.of("/run/sshd")); // its privilege separation needs the folder
        return ManagedProcess
                .of("bash", "-c",
                        "chmod 600 {dir}/key; exec $(command -v sshd) -D -e -f {dir}/config")
                .file("key", hostKey)
                .file("config", """
                        Port {port}
                        ListenAddress 127.0.0.1
                        HostKey {dir}/key
                        PidFile {dir}/pid
                        UsePAM no
                        """)
                .start();
    }

    private static void verdict(String expected, String... words) throws JsonProcessingException {
        PackagedProbe.Result result = PackagedProbe.run(words);
        ValidReport.check(result.out());
        JsonNode report = JSON.readTree(result.out());
        JsonNode diagnosis = report.path("diagnosis");
        String seen = diagnosis.isNull() ? report.path("outcome").asText() + " " + result.exit()
                : diagnosis.path("kind").asText() + " " + diagnosis.path("side").asText() + " "
                        + result.exit();
        assertAll(() -> assertEquals(expected, seen, result.out()),
                () -> assertEquals("", result.err()));
    }

    @Test
    void nginx_that_serves_is_healthy() throws IOException {
        try (ManagedProcess nginx = nginx("location / { return 200 'fine'; }")) {
            verdict("healthy 0", "http://127.0.0.1:" + nginx.port() + "/");
            verdict("healthy 0", "127.0.0.1:" + nginx.port());
            verdict("healthy 0", "--expect-body", "fi+ne",
                    "http://127.0.0.1:" + nginx.port() + "/");
        }
    }

    @Test
    void nginx_that_answers_with_a_status_is_judged_by_it() throws IOException {
        try (ManagedProcess nginx = nginx(
                """
                        location /missing { return 404; } location /closed { return 403; }
                        location /broken { return 500; } location /busy { return 503; }
                        location /moved { return 301 /; } location /big { client_max_body_size 1; return 413; }
                        """)) {
            String url = "http://127.0.0.1:" + nginx.port();
            verdict("http-not-found client 3", url + "/missing");
            verdict("http-forbidden client 3", url + "/closed");
            verdict("http-server-error server 1", url + "/broken");
            verdict("http-unavailable server 1", url + "/busy");
            verdict("http-too-large client 3", "--data", "four", url + "/big");
            verdict("healthy 0", url + "/moved");
        }
    }

    @Test
    void nginx_that_is_stopped_is_refused() throws IOException {
        int port;
        try (ManagedProcess nginx = nginx("location / { return 200; }")) {
            port = nginx.port();
        }
        verdict("refused server 1", "http://127.0.0.1:" + port + "/");
    }

    @Test
    void nginx_with_a_hung_upstream_is_a_read_timeout_or_a_gateway_timeout_whoever_is_less_patient()
            throws IOException {
        try (FaultServer hung = FaultServer.start(Fault.stall(Moment.AFTER_REQUEST));
                ManagedProcess nginx = nginx(
                        """
                                location /patient { proxy_pass http://127.0.0.1:%1$d; proxy_read_timeout 60s; }
                                location /hasty { proxy_pass http://127.0.0.1:%1$d; proxy_read_timeout 1s; }
                                """
                                .formatted(hung.port()))) {
            String url = "http://127.0.0.1:" + nginx.port();
            verdict("read-timeout server 1", "--socket-timeout", "700ms", url + "/patient");
            verdict("deadline-exceeded server 1", "--deadline", "1500ms", url + "/patient");
            verdict("http-gateway-timeout server 1", url + "/hasty");
        }
    }

    @Test
    void nginx_with_a_dead_upstream_is_a_bad_gateway() throws IOException {
        try (ClosedPort dead = ClosedPort.open();
                ManagedProcess nginx = nginx("location / { proxy_pass http://127.0.0.1:%d; }"
                        .formatted(dead.port()))) {
            verdict("http-bad-gateway server 1", "http://127.0.0.1:" + nginx.port() + "/");
        }
    }

    @Test
    void redis_is_healthy_then_hung_then_stopped() throws IOException {
        int port;
        try (ManagedProcess redis = redis()) {
            port = redis.port();
            verdict("healthy 0", "--profile", "redis", "127.0.0.1:" + port);
            verdict("unexpected-reply server 1", "--send", "NONSENSE\\r\\n", "--expect", "PONG",
                    "--socket-timeout", "700ms", "127.0.0.1:" + port);
            redis.freeze();
            verdict("read-timeout server 1", "--profile", "redis", "--socket-timeout", "700ms",
                    "127.0.0.1:" + port);
            verdict("healthy 0", "127.0.0.1:" + port); // a connect alone cannot tell: the kernel accepts
            redis.thaw();
        }
        verdict("refused server 1", "--profile", "redis", "127.0.0.1:" + port);
    }

    @Test
    void sshd_is_healthy_then_hung_then_stopped() throws IOException, InterruptedException {
        int port;
        try (ManagedProcess sshd = sshd()) {
            port = sshd.port();
            verdict("healthy 0", "--profile", "ssh", "127.0.0.1:" + port);
            verdict("protocol-error client 3", "http://127.0.0.1:" + port + "/");
            sshd.freeze();
            verdict("read-timeout server 1", "--profile", "ssh", "--socket-timeout", "700ms",
                    "127.0.0.1:" + port);
            sshd.thaw();
        }
        verdict("refused server 1", "--profile", "ssh", "127.0.0.1:" + port);
    }
}
