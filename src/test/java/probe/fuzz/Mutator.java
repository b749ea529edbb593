package probe.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Turns bytes that are right into bytes that are not, in the ways in which servers and lines go wrong. */
final class Mutator {
    /** One mutation seldom leads deep; more than a few leave nothing of the proper answer. */
    private static final int MOST_MUTATIONS = 4;
    /** No answer grows beyond this by mutation: what a huge one does is a base of its own. */
    private static final int MOST_BYTES = 200_000;

    /** Bytes that mean something to one of the protocols, or to a terminal. */
    private static final byte[] TELLING = {0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 13, 0x14, 0x15, 0x16,
        0x17, 0x1b, ' ', '"', '%', '\'', '-', '.', '/', '0', '9', ':', ';', '<', '\\', 'A', 'f',
        0x7f, (byte) 0x80, (byte) 0x85, (byte) 0x9b, (byte) 0xc0, (byte) 0xe2, (byte) 0xff};

    /** What a hostile or broken server puts where something else belongs. */
    private static final List<String> HOSTILE = List.of(
            "\u001b[2J\u001b]0;owned\u0007", "\u009b31m", "\u001b]8;;http://evil.test\u0007x",
            "\u001bP1$q\u001b\\", "\r\n", "\n\n", "\0", "\0\0\0\0", "\r", "\u00e2\u0080\u00ae",
            "\u00ed\u00a0\u0080", "\u00ef\u00bb\u00bf", "]]>", "&#27;", "::error::x", "%0A", "\"}",
            "HTTP/1.1 200 OK\r\n", "\r\nContent-Length: 5\r\n",
            "\r\nTransfer-Encoding: chunked\r\n", "SSH-2.0-x\r\n", "\u0016\u0003\u0003\u0000\u0002",
            "\u0015\u0003\u0003\u0000\u0002\u0002(", "\u0005\u0000", "\u00c0\u000c", "not ok");

    private static final List<String> NUMBERS = List.of("0", "-1", "+1", "00000000000000000001",
            "2147483647", "2147483648", "4294967296", "9223372036854775807",
            "9223372036854775808", "99999999999999999999999999", "7fffffffffffffff",
            "ffffffffffffffff", "1e9", "0x10", "1.5", "\u0661", "NaN", "");

    private final RandomGenerator random;

    Mutator(RandomGenerator random) {
        this.random = random;
    }

    /** The bytes with at most four mutations; one answer in sixteen stays as it is. */
    byte[] mutate(byte[] base, byte[] other) {
        byte[] bytes = base;
        int count = random.nextInt(16) == 0 ? 0 : 1 + random.nextInt(MOST_MUTATIONS);
        for (int i = 0; i < count; i++) {
            bytes = once(bytes, other);
        }
        return bytes.length <= MOST_BYTES ? bytes : Arrays.copyOf(bytes, MOST_BYTES);
    }

    private byte[] once(byte[] bytes, byte[] other) {
        if (bytes.length == 0) {
            return insert(bytes, 0, hostile());
        }
        int at = random.nextInt(bytes.length);
        int length = random.nextInt(Math.min(bytes.length - at, 64) + 1);
        return switch (random.nextInt(12)) {
            case 0 -> with(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
            case 1 -> with(bytes, at, (byte) random.nextInt(256));
            case 2 -> with(bytes, at, TELLING[random.nextInt(TELLING.length)]);
            case 3 -> Arrays.copyOf(bytes, at);
            case 4 -> replace(bytes, at, at + length, new byte[0]);
            case 5 -> insert(bytes, at, Arrays.copyOfRange(bytes, at, at + length));
            case 6 -> splice(bytes, at, other);
            case 7, 8 -> insert(bytes, at, hostile());
            case 9 -> number(bytes, at);
            case 10 -> length(bytes, at);
            default -> repeat(bytes, at, length);
        };
    }

    private byte[] hostile() {
        return latin1(HOSTILE.get(random.nextInt(HOSTILE.size())));
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] with(byte[] bytes, int at, byte value) {
        byte[] changed = bytes.clone();
        changed[at] = value;
        return changed;
    }

    private static byte[] insert(byte[] bytes, int at, byte[] what) {
        return replace(bytes, at, at, what);
    }

    private static byte[] replace(byte[] bytes, int from, int to, byte[] what) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, from);
        out.writeBytes(what);
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }

    /** The beginning of one answer, and the end of another. */
    private byte[] splice(byte[] bytes, int at, byte[] other) {
        int from = other.length == 0 ? 0 : random.nextInt(other.length);
        return replace(bytes, at, bytes.length, Arrays.copyOfRange(other, from, other.length));
    }

    /** The first number written out from here on becomes another one. */
    private byte[] number(byte[] bytes, int at) {
        int from = at;
        while (from < bytes.length && !isDigit(bytes[from])) {
            from++;
        }
        int to = from;
        while (to < bytes.length && isDigit(bytes[to])) {
            to++;
        }
        return replace(bytes, from, to, latin1(NUMBERS.get(random.nextInt(NUMBERS.size()))));
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** Two bytes that may be a length become another one: a little off, or far off. */
    private byte[] length(byte[] bytes, int at) {
        if (at + 1 >= bytes.length) {
            return bytes;
        }
        int value = (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
        int other = switch (random.nextInt(4)) {
            case 0 -> value + 1;
            case 1 -> value - 1;
            case 2 -> 0xffff;
            default -> random.nextInt(0x10000);
        };
        return with(with(bytes, at, (byte) (other >> 8)), at + 1, (byte) other);
    }

    private byte[] repeat(byte[] bytes, int at, int length) {
        int times = 1 << random.nextInt(12);
        byte[] piece = Arrays.copyOfRange(bytes, at, at + length);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            all.writeBytes(piece);
        }
        return insert(bytes, at, all.toByteArray());
    }
}
