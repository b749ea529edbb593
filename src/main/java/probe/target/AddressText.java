package probe.target;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Addresses as people and other tools write them: IPv6 in the canonical form of RFC 5952. */
public final class AddressText {

    private AddressText() {}

    /** The literal, without brackets; an IPv6 zone stays behind its percent sign. */
    public static String of(InetAddress address) {
        return address instanceof Inet6Address v6 ? ipv6(v6) : address.getHostAddress();
    }

    private static String ipv6(Inet6Address address) {
        String full = address.getHostAddress();
        int percent = full.indexOf('%');
        String[] groups = (percent < 0 ? full : full.substring(0, percent)).split(":", -1);
        int start = 0;
        int length = 0;
        for (int i = 0; i < groups.length; i++) {
            int run = zeros(groups, i);
            if (run > length) { // the first of the longest runs (RFC 5952 §4.2.3)
                start = i;
                length = run;
            }
        }
        String zone = percent < 0 ? "" : full.substring(percent);
        if (length < 2) { // a single zero group is not shortened (§4.2.2)
            return String.join(":", groups) + zone;
        }
        return join(groups, 0, start) + "::" + join(groups, start + length, groups.length) + zone;
    }

    private static int zeros(String[] groups, int from) {
        int end = from;
        while (end < groups.length && groups[end].equals("0")) {
            end++;
        }
        return end - from;
    }

    private static String join(String[] groups, int from, int to) {
        return String.join(":", java.util.Arrays.copyOfRange(groups, from, to));
    }
}
