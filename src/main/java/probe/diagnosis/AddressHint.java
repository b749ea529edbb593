package probe.diagnosis;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why an address can hardly be the one of a service that is asked for by a public name. */
enum AddressHint {
    /** 0.0.0.0 and :: mean "no address" (RFC 1122 §3.2.1.3, RFC 4291 §2.5.2). */
    UNSPECIFIED("unspecified", "is no address at all: block lists answer so"),
    /** 127.0.53.53: the registry of a new top-level domain warns of a collision (ICANN, 2014-08-01). */
    NAME_COLLISION("name-collision",
            "is the warning of a top-level domain's registry: this name is an internal one that is being asked in"
                    + " public"),
    /** 127.0.0.0/8 and ::1 (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
    LOOPBACK("loopback", "is this machine itself"),
    /** 169.254.0.0/16 and fe80::/10: only on one link (RFC 3927, RFC 4291 §2.5.6). */
    LINK_LOCAL("link-local", "means something on the own link only"),
    /** 192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24, 2001:db8::/32, 3fff::/20 (RFC 5737, RFC 3849, RFC 9637). */
    DOCUMENTATION("documentation", "is reserved for examples in documents and reaches nobody"),
    /** The block pages of Cisco Umbrella, 146.112.61.104 to .110, as its support pages list them. */
    BLOCK_PAGE("block-page", "belongs to the block page of a filtering resolver"),
    /** RFC 1918, RFC 6598 and fc00::/7 (RFC 4193): reached from inside a network alone. */
    PRIVATE("private", "is reached only from inside its own network");

    /** Ends of names that are not in the public name space (RFC 6761, RFC 6762, RFC 8375, RFC 9476). */
    private static final List<String> NOT_PUBLIC = List.of("localhost", "local", "test", "example",
            "invalid", "onion", "alt", "internal", "home.arpa", "localdomain", "lan", "corp",
            "home",
            "intranet", "private", "example.com", "example.net", "example.org");

    private final String id;
    private final String meaning;

    AddressHint(String id, String meaning) {
        this.id = id;
        this.meaning = meaning;
    }

    /** The stable word for it. */
    String id() {
        return id;
    }

    /** What the address does, for a sentence that begins with it. */
    String meaning() {
        return meaning;
    }

    /**
     * What is odd about this address for this name; empty when nothing is, and for names that are addresses, that are
     * not in the public name space, or that nobody can tell.
     *
     * @param host the name that was asked for
     * @param literal the address in the answer
     */
    static Optional<AddressHint> of(String host, String literal) {
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(literal);
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
        if (address.isAnyLocalAddress()) {
            return Optional.of(UNSPECIFIED);
        }
        return isPublicLooking(host) ? Optional.ofNullable(odd(address))
                : Optional.empty();
    }

    private static @Nullable AddressHint odd(InetAddress address) {
        int bits = ByteBuffer.wrap(address.getAddress()).getInt(); // of IPv6 the first 32
        if (bits == 0x7f003535 && address instanceof Inet4Address) {
            return NAME_COLLISION;
        }
        if (address.isLoopbackAddress()) {
            return LOOPBACK;
        }
        if (address.isLinkLocalAddress()) {
            return LINK_LOCAL;
        }
        return address instanceof Inet4Address ? odd4(address, bits) : odd6(bits);
    }

    private static @Nullable AddressHint odd4(InetAddress address, int bits) {
        if (isIn(bits, 0xc0000200, 24) || isIn(bits, 0xc6336400, 24)
                || isIn(bits, 0xcb007100, 24)) {
            return DOCUMENTATION;
        }
        if (bits >= 0x92703d68 && bits <= 0x92703d6e) {
            return BLOCK_PAGE;
        }
        return address.isSiteLocalAddress() || isIn(bits, 0x64400000, 10) ? PRIVATE : null;
    }

    private static @Nullable AddressHint odd6(int bits) {
        if (isIn(bits, 0x20010db8, 32) || isIn(bits, 0x3fff0000, 20)) {
            return DOCUMENTATION;
        }
        return isIn(bits, 0xfc000000, 7) ? PRIVATE : null;
    }

    private static boolean isIn(int bits, int network, int length) {
        return bits >>> (32 - length) == network >>> (32 - length);
    }

    /** At least one dot, letters in the last label, and no end that is reserved for inside. */
    private static boolean isPublicLooking(String host) {
        String bare = (host.endsWith(".") ? host.substring(0, host.length() - 1) : host)
                .toLowerCase(Locale.ROOT);
        return bare.indexOf('.') > 0 && bare.indexOf(':') < 0
                && !isNumber(bare, bare.lastIndexOf('.') + 1)
                && NOT_PUBLIC.stream()
                        .noneMatch(end -> bare.equals(end) || bare.endsWith("." + end));
    }

    private static boolean isNumber(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
