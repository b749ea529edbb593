package probe.evidence.collect;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Future;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import probe.evidence.ServerClock;
import probe.target.AddressText;
import probe.target.HostPort;
import probe.target.Target;

/**
 * Asks a service for the time, after its certificate was refused for its dates: is it the certificate or this
 * machine's clock? One connection, on which nobody checks the certificate and nothing is said but HEAD for {@code /},
 * so that nothing of the true request can leak to whoever answers.
 */
final class ClockInquiry {
    /** A handshake and an answer take three round trips; whoever needs longer is not waited for. */
    static final Duration BUDGET = Duration.ofSeconds(1);
    private static final int MAX_HEAD = 16 * 1024;

    private final InstantSource clock;
    private final long end;

    private ClockInquiry(InstantSource clock, Duration budget) {
        this.clock = clock;
        this.end = System.nanoTime() + shorter(budget).toNanos();
    }

    private static Duration shorter(Duration budget) {
        return budget.compareTo(BUDGET) < 0 ? budget : BUDGET;
    }

    /**
     * The service's clock beside this machine's, or empty where it does not tell.
     *
     * @param remote the address whose certificate was refused
     * @param budget how long this may take; never longer than {@link #BUDGET}
     */
    static Optional<ServerClock> ask(Target target, InetSocketAddress remote, Duration budget) {
        return ask(target, remote, budget, InstantSource.system());
    }

    /** As {@link #ask(Target, InetSocketAddress, Duration)}, by any clock. */
    static Optional<ServerClock> ask(Target target, InetSocketAddress remote, Duration budget,
            InstantSource clock) {
        if (!budget.isPositive()) {
            return Optional.empty();
        }
        try {
            return new ClockInquiry(clock, budget).ask(target, remote);
        } catch (IOException | GeneralSecurityException | RuntimeException noAnswer) {
            return Optional.empty(); // whatever it says instead is no time
        }
    }

    private Optional<ServerClock> ask(Target target, InetSocketAddress remote)
            throws IOException, GeneralSecurityException {
        try (Socket plain = new Socket()) {
            plain.connect(remote, left());
            // A limit on each read does not end a handshake that drips.
            Future<?> stop = LateTimer.after(Duration.ofMillis(left()), () -> close(plain));
            try (SSLSocket tls = secured(plain, target)) {
                tls.getOutputStream()
                        .write(("HEAD / HTTP/1.1\r\nHost: " + target.hostPort()
                                + "\r\nConnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                String head = head(tls);
                Instant here = clock.instant();
                return date(head).map(there -> new ServerClock(
                        AddressText.of(remote.getAddress()), remote.getPort(),
                        there.getEpochSecond(), Duration.between(there, here).toSeconds()));
            } finally {
                stop.cancel(false);
            }
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyClosed) {
            // It is given up either way.
        }
    }

    private static SSLSocket secured(Socket plain, Target target)
            throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, null);
        SSLSocket tls = (SSLSocket) context.getSocketFactory()
                .createSocket(plain, target.host(), target.port(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setServerNames(isUnnamed(target.host()) ? List.of()
                : List.of(new SNIHostName(target.host().getBytes(StandardCharsets.US_ASCII))));
        tls.setSSLParameters(parameters);
        return tls;
    }

    /** An address or a name with a final dot is no server name (RFC 6066 §3). */
    private static boolean isUnnamed(String host) {
        return HostPort.isAddressLiteral(host) || host.endsWith(".");
    }

    /** Up to the empty line, or as much as there is. */
    private static String head(SSLSocket tls) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        InputStream in = tls.getInputStream();
        while (head.size() < MAX_HEAD
                && !head.toString(StandardCharsets.ISO_8859_1).contains("\r\n\r\n")) {
            byte[] some = new byte[4096];
            int count = in.read(some);
            if (count < 0) {
                break;
            }
            head.write(some, 0, count);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static Optional<Instant> date(String head) {
        return head.lines()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("date:"))
                .findFirst()
                .flatMap(line -> parsed(line.substring(5).strip()));
    }

    private static Optional<Instant> parsed(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    /** Milliseconds that are left. */
    private int left() throws SocketTimeoutException {
        long millis = (end - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) millis;
    }

    /** Checks nobody: what is asked is no secret, and what is answered is no more than a hint. */
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
