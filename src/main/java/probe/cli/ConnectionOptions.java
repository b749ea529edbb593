package probe.cli;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import probe.profile.AddressFamily;
import probe.profile.Pin;
import probe.profile.Setting;
import probe.profile.TimeoutName;
import probe.profile.Timeouts;
import probe.profile.TlsSettings;

/**
 * The options of a connection: its limits, its addresses, its security.
 *
 * @param typed what was typed
 */
record ConnectionOptions(MatchedOptions typed) {

    /** The limits: {@code base} with the flags laid over it. */
    Timeouts timeouts(Timeouts base) {
        Setting<Duration> connect = timeout(TimeoutName.CONNECT, base.connect());
        // The TLS limit follows the connect limit unless somebody set it (the contract's "as connect").
        boolean tlsUnset = base.tls().equals(base.connect());
        return new Timeouts(timeout(TimeoutName.DNS, base.dns()), connect,
                timeout(TimeoutName.TLS, tlsUnset ? connect : base.tls()),
                timeout(TimeoutName.CONNECTION_REQUEST, base.connectionRequest()),
                timeout(TimeoutName.SOCKET, base.socket()),
                timeout(TimeoutName.DEADLINE, base.deadline()));
    }

    private Setting<Duration> timeout(TimeoutName name, Setting<Duration> base) {
        if (!typed.has(name.flag())) {
            return base;
        }
        Duration value = typed.duration(name.flag());
        return typed.isTyped(name.flag()) ? Setting.ofFlag(value)
                : Setting.ofEnvironment(value, UserDefaults.variable(name.flag()));
    }

    /** Which addresses of a name are attempted. */
    AddressFamily family(AddressFamily base) {
        if (typed.has("-4") && typed.has("-6")) {
            throw new UsageException(
                    "-4 and -6 exclude each other; leave both out to attempt all addresses");
        }
        return typed.has("-4") ? AddressFamily.IPV4
                : typed.has("-6") ? AddressFamily.IPV6 : base;
    }

    /** The addresses given in place of a lookup. */
    List<Pin> pins() {
        return Arrays.stream(typed.texts("--resolve")).map(ConnectionOptions::pin).toList();
    }

    private static Pin pin(String text) {
        String[] parts = text.split(":", 3);
        if (parts.length < 3 || !parts[1].matches("\\*|[0-9]{1,5}")) {
            throw new UsageException(
                    "--resolve " + OptionsReader.quote(text) + " is not host:port:address; "
                            + "type db.example:5432:192.0.2.7");
        }
        List<String> addresses = Arrays.stream(parts[2].split(",", -1))
                .map(a -> a.replaceAll("^\\[|]$", ""))
                .toList();
        for (String address : addresses) {
            try {
                InetAddress.ofLiteral(address);
            } catch (IllegalArgumentException e) {
                throw new UsageException("--resolve " + OptionsReader.quote(text) + ": "
                        + OptionsReader.quote(address)
                        + " is not an IP address; type db.example:5432:192.0.2.7");
            }
        }
        return new Pin(parts[0], parts[1].equals("*") ? 0 : Integer.parseInt(parts[1]), addresses);
    }

    /** Whom to trust and who to be: {@code base} with the flags laid over it. */
    TlsSettings tls(TlsSettings base) {
        String cert = typed.text("--cert");
        if (cert == null && typed.has("--key")) {
            throw new UsageException("--key needs --cert FILE beside it");
        }
        return new TlsSettings(
                typed.has("--cacert") ? typed.file("--cacert")
                        : base.caCertificates(),
                cert == null ? base.certificate() : Path.of(cert),
                typed.has("--key") ? typed.file("--key") : base.key(),
                typed.has("--insecure") ? TlsSettings.Verification.FORGIVEN
                        : base.verification(),
                typed.has("--tls-min") ? typed.named("--tls-min", ConnectionOptions::tlsVersion)
                        : base.minimum(),
                typed.has("--tls-max") ? typed.named("--tls-max", ConnectionOptions::tlsVersion)
                        : base.maximum(),
                typed.has("--servername") ? typed.text("--servername") : base.serverName());
    }

    private static String tlsVersion(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "1.0", "tlsv1", "tlsv1.0" -> "TLSv1";
            case "1.1", "tlsv1.1" -> "TLSv1.1";
            case "1.2", "tlsv1.2" -> "TLSv1.2";
            case "1.3", "tlsv1.3" -> "TLSv1.3";
            default -> throw new IllegalArgumentException(
                    OptionsReader.quote(text) + " is not a TLS version; type 1.2 or 1.3");
        };
    }
}
