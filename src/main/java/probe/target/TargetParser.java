package probe.target;

import java.net.IDN;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads targets: {@code host:port}, {@code tcp://}, {@code tls://}, {@code http://} and {@code https://}. */
public final class TargetParser {
    private static final int MAX_NAME = 253; // RFC 1035 §2.3.4: 255 octets on the wire, 253 as text

    private TargetParser() {}

    /**
     * The target that {@code input} names.
     *
     * @throws TargetSyntaxException when it names none; nothing is looked up to find out
     */
    public static Target parse(String input) {
        String text = input.strip();
        if (text.isEmpty()) {
            throw new TargetSyntaxException(
                    "empty target; type host:port or a URL, such as db.example:5432");
        }
        rejectControlCharacters(text);
        int separator = text.indexOf("://");
        return separator < 0 ? parseHostPort(text) : parseUrl(text, separator);
    }

    /**
     * A host and a port, as {@code --control} and {@code --proxy} take them.
     *
     * @throws TargetSyntaxException when either is missing or malformed
     */
    public static HostPort parseHostAndPort(String text) {
        return authority(text.strip(), text.strip(), 0);
    }

    private static Target parseHostPort(String text) {
        if (text.indexOf('/') >= 0) {
            throw new TargetSyntaxException(
                    quote(text) + " has a path but no scheme; type http://" + text + " or https://"
                            + text);
        }
        if (text.indexOf('@') >= 0) {
            throw new TargetSyntaxException(
                    "a user name needs a URL; type http://user:password@host/ "
                            + "or host:port without it");
        }
        HostPort where = authority(text, text, 0);
        return new Target(text, Scheme.TCP, where.host(), where.port(), "", null);
    }

    private static Target parseUrl(String text, int separator) {
        Scheme scheme = Scheme.byId(text.substring(0, separator))
                .orElseThrow(() -> new TargetSyntaxException("unknown scheme "
                        + quote(text.substring(0, separator))
                        + "; use one of " + Arrays.stream(Scheme.values())
                                .map(s -> s.id() + "://")
                                .collect(Collectors.joining(", "))));
        String rest = text.substring(separator + 3);
        int fragment = rest.indexOf('#');
        String noFragment = fragment < 0 ? rest : rest.substring(0, fragment);
        int pathAt = firstOf(noFragment, "/?");
        String authority = pathAt < 0 ? noFragment : noFragment.substring(0, pathAt);
        String path = pathAt < 0 ? "" : noFragment.substring(pathAt);
        int at = authority.lastIndexOf('@');
        String shown = at < 0 ? text : text.substring(0, separator + 3) + rest.substring(at + 1);
        HostPort where = authority(authority.substring(at + 1), shown, scheme.defaultPort());
        if (!scheme.isHttp() && (!path.isEmpty() && !path.equals("/") || at >= 0)) {
            throw new TargetSyntaxException(quote(shown) + ": a " + scheme.id()
                    + " target has no path and no user name; type " + scheme.id() + "://" + where);
        }
        String userInfo = at < 0 ? null : decode(authority.substring(0, at));
        return new Target(shown, scheme, where.host(), where.port(),
                scheme.isHttp() ? httpPath(path, shown) : "",
                userInfo);
    }

    private static String httpPath(String path, String shown) {
        String absolute = path.startsWith("/") ? path : "/" + path;
        if (absolute.indexOf(' ') >= 0) {
            throw new TargetSyntaxException(
                    quote(shown) + " has a space in its path; type %20 instead");
        }
        return toAscii(absolute);
    }

    private static HostPort authority(String authority, String shown, int defaultPort) {
        int close = authority.startsWith("[") ? authority.indexOf(']') : -1;
        if (authority.startsWith("[") && close < 0) {
            throw new TargetSyntaxException(
                    quote(shown) + " has a [ without its ]; type [2001:db8::1]:443");
        }
        int colon = authority.indexOf(':', close + 1);
        if (close < 0 && colon >= 0 && authority.indexOf(':', colon + 1) >= 0) {
            throw new TargetSyntaxException(
                    quote(shown) + ": an IPv6 address needs brackets before its port; type ["
                            + authority + "]:PORT");
        }
        String hostText = close >= 0 ? authority.substring(1, close)
                : colon < 0 ? authority : authority.substring(0, colon);
        if (close >= 0 && close + 1 < authority.length() && colon != close + 1) {
            throw new TargetSyntaxException(
                    quote(shown) + " has text after ]; type [" + hostText + "]:PORT");
        }
        String host = close >= 0 ? ipv6(hostText, shown) : name(hostText, shown);
        return new HostPort(host,
                port(colon < 0 ? null : authority.substring(colon + 1), shown, host, defaultPort));
    }

    private static int port(@Nullable String text, String shown, String host, int defaultPort) {
        if (text == null || text.isEmpty()) {
            if (defaultPort > 0) {
                return defaultPort;
            }
            throw new TargetSyntaxException(quote(shown) + " has no port; type "
                    + (HostPort.isIpv6Literal(host) ? "[" + host + "]" : host)
                    + ":443 or a URL such as https://"
                    + (HostPort.isIpv6Literal(host) ? "[" + host + "]" : host) + "/");
        }
        if (text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')
                || Integer.parseInt(text) > 65535 || Integer.parseInt(text) == 0) {
            throw new TargetSyntaxException(
                    "port " + quote(text) + " in " + quote(shown)
                            + " is not a number from 1 to 65535");
        }
        return Integer.parseInt(text);
    }

    private static String name(String text, String shown) {
        if (text.isEmpty()) {
            throw new TargetSyntaxException(
                    quote(shown) + " has no host; type host:port or http://host/");
        }
        String ascii = text;
        if (!text.chars().allMatch(c -> c < 128)) {
            try {
                ascii = IDN.toASCII(text, IDN.ALLOW_UNASSIGNED);
            } catch (IllegalArgumentException notIdn) {
                throw new TargetSyntaxException(
                        "host " + quote(text) + " is not a valid internationalised name");
            }
        }
        if (!isName(ascii)) {
            throw new TargetSyntaxException("host " + quote(text) + " in " + quote(shown)
                    + " is not a host name or an address; type a name such as db.example or 192.0.2.7");
        }
        return ascii;
    }

    /** Letters, digits, hyphen, underscore, dots; labels of 1 to 63 (RFC 1035 §2.3.4, RFC 2181 §11). */
    private static boolean isName(String ascii) {
        String bare = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
        List<String> labels = List.of(bare.split("\\.", -1));
        boolean labelsFit = labels.stream()
                .allMatch(label -> !label.isEmpty() && label.length() <= 63
                        && label.chars().allMatch(TargetParser::isNameCharacter));
        boolean looksLikeAddress = bare.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.');
        return labelsFit && bare.length() <= MAX_NAME && (!looksLikeAddress || isIpv4(labels));
    }

    private static boolean isNameCharacter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-'
                || c == '_';
    }

    /** Four decimal numbers; the short and octal forms of inet_aton are refused, as they mean different hosts. */
    private static boolean isIpv4(List<String> labels) {
        return labels.size() == 4 && labels.stream()
                .allMatch(l -> l.length() <= 3 && Integer.parseInt(l) <= 255
                        && (l.length() == 1 || l.charAt(0) != '0'));
    }

    private static String ipv6(String text, String shown) {
        int zone = text.indexOf('%');
        String address = zone < 0 ? text : text.substring(0, zone);
        if (!Ipv6Literal.isValid(address) || zone == text.length() - 1) {
            throw new TargetSyntaxException("[" + text + "] in " + quote(shown)
                    + " is not an IPv6 address; type one such as [2001:db8::1]:443");
        }
        return text;
    }

    private static void rejectControlCharacters(String text) {
        int at = 0;
        while (at < text.length() && !Character.isISOControl(text.charAt(at))
                && text.charAt(at) != ' ') {
            at++;
        }
        if (at < text.length()) {
            throw new TargetSyntaxException(
                    "target " + quote(text) + " has a space or control character at position "
                            + (at + 1) + "; write each target as one word");
        }
    }

    private static String decode(String userInfo) {
        try {
            return URLDecoder.decode(userInfo.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException badEscape) {
            throw new TargetSyntaxException(
                    "the user name or password of the URL has a broken percent escape");
        }
    }

    private static String toAscii(String path) {
        StringBuilder ascii = new StringBuilder(path.length());
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            if (b < 0) {
                ascii.append(String.format("%%%02X", b & 0xff));
            } else {
                ascii.append((char) b);
            }
        }
        return ascii.toString();
    }

    private static int firstOf(String text, String characters) {
        for (int i = 0; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /** The text in quotes, control characters escaped, cut to 80 characters. */
    static String quote(String text) {
        StringBuilder shown = new StringBuilder("'");
        text.chars().limit(80).forEach(c -> {
            if (Character.isISOControl(c)) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.append((char) c);
            }
        });
        return shown.append(text.length() > 80 ? "…'" : "'").toString();
    }
}
