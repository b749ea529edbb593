package probe.diagnosis;

/** What means this machine itself. */
final class Loopback {
    private Loopback() {}

    /** 127.0.0.0/8 and ::1 (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
    static boolean isLiteral(String text) {
        return text.startsWith("127.")
                && text.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9')
                || text.equals("::1") || text.equals("0:0:0:0:0:0:0:1");
    }

    /** The name that means this machine everywhere (RFC 6761 §6.3). */
    static boolean isLocalhost(String host) {
        return host.equals("localhost") || host.endsWith(".localhost");
    }
}
