package probe.target;

/** The text form of IPv6 addresses, RFC 4291 §2.2, judged without a lookup. */
final class Ipv6Literal {

    private Ipv6Literal() {}

    /** Whether this is an address, brackets and zone already taken off. */
    static boolean isValid(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text) == 8;
        }
        if (text.indexOf("::", gap + 1) >= 0) {
            return false;
        }
        String head = text.substring(0, gap);
        String tail = text.substring(gap + 2);
        int before = head.isEmpty() ? 0 : groups(head);
        int after = tail.isEmpty() ? 0 : groups(tail);
        return before >= 0 && after >= 0 && before + after <= 7 && head.indexOf('.') < 0;
    }

    /** How many 16-bit groups the text stands for (a dotted IPv4 tail is two), or -1 if it is malformed. */
    private static int groups(String text) {
        String[] parts = text.split(":", -1);
        int count = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            if (last && parts[i].indexOf('.') >= 0) {
                if (!isDottedQuad(parts[i])) {
                    return -1;
                }
                count += 2;
            } else if (parts[i].isEmpty() || parts[i].length() > 4
                    || !parts[i].chars().allMatch(Ipv6Literal::isHex)) {
                return -1;
            } else {
                count++;
            }
        }
        return count;
    }

    private static boolean isDottedQuad(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            if (part.isEmpty() || part.length() > 3
                    || !part.chars().allMatch(c -> c >= '0' && c <= '9')
                    || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(int c) {
        return Character.digit(c, 16) >= 0 && c < 128;
    }
}
