package probe.cli;

import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import probe.profile.Origin;
import probe.profile.ProxySettings;
import probe.target.HostPort;
import probe.target.Scheme;
import probe.target.Target;
import probe.target.TargetParser;
import probe.target.TargetSyntaxException;

/**
 * Which proxy a target is reached through: {@code --proxy} for every target, else for URLs the environment as
 * curl reads it ({@code http_proxy} in lower case alone, as a CGI server may set HTTP_PROXY from a request header;
 * {@code https_proxy}, {@code all_proxy} and {@code no_proxy} in either case).
 */
final class ProxyChoice {
    private final @Nullable String flag;
    private final List<String> exempt;
    private final Map<String, String> environment;

    private ProxyChoice(@Nullable String flag, List<String> exempt,
            Map<String, String> environment) {
        this.flag = flag;
        this.exempt = exempt;
        this.environment = environment;
    }

    /**
     * The choice that flags and environment make.
     *
     * @param proxy {@code --proxy}, or null; an empty one means none
     * @param noProxy {@code --noproxy}, or null; it replaces {@code no_proxy}
     * @throws UsageException when {@code --proxy} is malformed
     */
    static ProxyChoice of(@Nullable String proxy, @Nullable String noProxy,
            Map<String, String> environment) {
        if (proxy != null && !proxy.isEmpty()) {
            parse(proxy, new Origin.Flag(), "--proxy");
        }
        String list = noProxy != null ? noProxy : either("no_proxy", environment).orElse("");
        return new ProxyChoice(proxy,
                Arrays.stream(list.split("[, ]+", -1)).filter(s -> !s.isEmpty()).toList(),
                environment);
    }

    /** The proxy for this target, or null for a direct connection. */
    @Nullable
    ProxySettings forTarget(Target target) {
        if (isExempt(target.host())) {
            return null;
        }
        if (flag != null) {
            return flag.isEmpty() ? null : parse(flag, new Origin.Flag(), "--proxy");
        }
        if (!target.scheme().isHttp()) {
            return null;
        }
        String own = target.scheme().id() + "_proxy";
        String variable = firstSet(target.scheme()
                .isTls() ? List.of(own, own.toUpperCase(Locale.ROOT), "all_proxy",
                        "ALL_PROXY") : List.of(own, "all_proxy", "ALL_PROXY"));
        return variable == null ? null
                : parse(environment.getOrDefault(variable, ""),
                        new Origin.FromEnvironment(variable), variable);
    }

    /**
     * Looks at every setting that a redirect could lead to.
     *
     * @throws UsageException when one is malformed
     */
    void checkAll() {
        for (Scheme scheme : new Scheme[] {Scheme.HTTP, Scheme.HTTPS}) {
            forTarget(new Target("", scheme, "redirect.invalid", scheme.defaultPort(), "/", null));
        }
    }

    private @Nullable String firstSet(List<String> variables) {
        return variables.stream()
                .filter(v -> !environment.getOrDefault(v, "").isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static Optional<String> either(String name, Map<String, String> environment) {
        return Optional.ofNullable(environment.get(name))
                .or(() -> Optional.ofNullable(environment.get(name.toUpperCase(Locale.ROOT))));
    }

    /** As curl: {@code *}, a name, a domain with or without its dot, an address or a network in CIDR form. */
    private boolean isExempt(String host) {
        return exempt.stream().anyMatch(entry -> entry.equals("*") || matches(entry, host));
    }

    private static boolean matches(String entry, String host) {
        String bare = entry.replaceAll("^\\[|](:\\d+)?$", "");
        if (bare.indexOf('/') > 0) {
            return inNetwork(bare, host);
        }
        String name = bare.startsWith(".") ? bare.substring(1) : bare;
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.equals(name.toLowerCase(Locale.ROOT))
                || lower.endsWith("." + name.toLowerCase(Locale.ROOT));
    }

    private static boolean inNetwork(String cidr, String host) {
        try {
            byte[] network = InetAddress.ofLiteral(cidr.substring(0, cidr.indexOf('/')))
                    .getAddress();
            byte[] address = InetAddress.ofLiteral(host).getAddress();
            int bits = Integer.parseInt(cidr.substring(cidr.indexOf('/') + 1));
            if (network.length != address.length || bits < 0 || bits > network.length * 8) {
                return false;
            }
            for (int i = 0; i < bits; i++) {
                int mask = 0x80 >> i % 8;
                if ((network[i / 8] & mask) != (address[i / 8] & mask)) {
                    return false;
                }
            }
            return true;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    private static ProxySettings parse(String url, Origin origin, String where) {
        int separator = url.indexOf("://");
        String scheme = separator < 0 ? "http"
                : url.substring(0, separator).toLowerCase(Locale.ROOT);
        String rest = separator < 0 ? url : url.substring(separator + 3);
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        int at = authority.lastIndexOf('@');
        ProxySettings.Kind kind = switch (scheme) {
            case "http" -> ProxySettings.Kind.HTTP;
            case "socks5" -> ProxySettings.Kind.SOCKS5;
            case "socks5h", "socks" -> ProxySettings.Kind.SOCKS5_REMOTE_NAMES;
            default -> throw new UsageException(where + ": proxies of scheme "
                    + OptionsReader.quote(scheme)
                    + " are not spoken; type http://host:port, socks5://host:port or socks5h://host:port");
        };
        String hostPort = authority.substring(at + 1);
        boolean hasPort = hostPort.matches(".*[^:]:\\d+|\\[.*]:\\d+");
        try {
            HostPort address = TargetParser
                    .parseHostAndPort(hasPort ? hostPort : hostPort + ":1080"); // curl's default
            return new ProxySettings(kind, address,
                    at < 0 ? null
                            : URLDecoder.decode(authority.substring(0, at).replace("+", "%2B"),
                                    StandardCharsets.UTF_8),
                    origin);
        } catch (TargetSyntaxException e) {
            throw new UsageException(where + ": " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    where + ": the user name or password has a broken percent escape");
        }
    }
}
