package probe.prober;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** The blocks of a PEM file (RFC 7468), whatever text stands around them. */
final class TlsPem {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final String ENCRYPTED_KEY = "ENCRYPTED PRIVATE KEY";
    /** Header lines of the old form (RFC 1421), which is how OpenSSL marks an encrypted key. */
    private static final Pattern HEADER = Pattern.compile("(?m)^[\\w-]+:.*$");
    private static final Pattern ENCRYPTED = Pattern.compile("(?m)^Proc-Type:.*ENCRYPTED");

    private TlsPem() {}

    /** One block; never shows what it holds. */
    static final class Block {
        private final String label;
        private final byte[] der;

        private Block(String label, byte[] der) {
            this.label = label;
            this.der = der;
        }

        /** The words after BEGIN. */
        String label() {
            return label;
        }

        /** What was in base 64. */
        byte[] der() {
            return der.clone();
        }

        @Override
        public String toString() {
            return label;
        }
    }

    /** Whether there is a block at all. */
    static boolean isPem(byte[] file) {
        return text(file).contains(BEGIN);
    }

    /**
     * All blocks, in order. A key encrypted in the old way gets the label of the new one.
     *
     * @throws IllegalArgumentException when a block is not in base 64
     */
    static List<Block> blocks(byte[] file) {
        List<Block> blocks = new ArrayList<>();
        String text = text(file);
        int begin = text.indexOf(BEGIN);
        while (begin >= 0) {
            int body = text.indexOf(DASHES, begin + BEGIN.length());
            String label = body < 0 ? "" : text.substring(begin + BEGIN.length(), body);
            int end = body < 0 ? -1 : text.indexOf(END + label + DASHES, body);
            if (end < 0) {
                return blocks;
            }
            blocks.add(block(label, text.substring(body + DASHES.length(), end)));
            begin = text.indexOf(BEGIN, end);
        }
        return blocks;
    }

    private static Block block(String label, String body) {
        if (label.equals(ENCRYPTED_KEY) || ENCRYPTED.matcher(body).find()) {
            return new Block(ENCRYPTED_KEY, new byte[0]);
        }
        String base64 = HEADER.matcher(body).replaceAll("").replaceAll("\\s", "");
        return new Block(label, Base64.getDecoder().decode(base64));
    }

    private static String text(byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1);
    }
}
