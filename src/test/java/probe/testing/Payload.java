package probe.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Bytes as they go over the wire; immutable. */
public final class Payload {
    public static final Payload EMPTY = new Payload(new byte[0]);

    private static final int SHOWN = 200;

    private final byte[] bytes;

    private Payload(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Payload of(byte[] bytes) {
        return new Payload(bytes.clone());
    }

    /** Each character becomes the byte of the same number (ISO 8859-1), so any byte can be written as text. */
    public static Payload latin1(String text) {
        return new Payload(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public static Payload utf8(String text) {
        return new Payload(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Spaces between the hexadecimal digits are allowed: {@code "15 0303 0002 02 28"}. */
    public static Payload hex(String digits) {
        return new Payload(HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public int length() {
        return bytes.length;
    }

    /** The part from {@code from} (inclusive) to {@code to} (exclusive). */
    public Payload slice(int from, int to) {
        return new Payload(Arrays.copyOfRange(bytes, from, to));
    }

    public Payload plus(Payload next) {
        ByteArrayOutputStream both = new ByteArrayOutputStream(bytes.length + next.bytes.length);
        both.writeBytes(bytes);
        both.writeBytes(next.bytes);
        return new Payload(both.toByteArray());
    }

    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** The bytes read as ISO 8859-1. */
    public String text() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload payload && Arrays.equals(bytes, payload.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Length and beginning, escaped: for the messages of failing tests. */
    @Override
    public String toString() {
        StringBuilder shown = new StringBuilder(bytes.length + " bytes: ");
        for (int i = 0; i < Math.min(bytes.length, SHOWN); i++) {
            boolean printable = bytes[i] >= ' ' && bytes[i] < 0x7f && bytes[i] != '\\';
            shown.append(printable ? "" + (char) bytes[i] : String.format("\\x%02x", bytes[i]));
        }
        return shown.append(bytes.length > SHOWN ? "…" : "").toString();
    }
}
