package probe.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Proper answers to a question about a name's addresses, RFC 1035 §4.1. */
final class DnsAnswers {
    private static final int HEADER = 12;
    private static final int TO_QUESTION = 0xc00c;
    private static final int A = 1;
    private static final int CNAME = 5;
    private static final int SOA = 6;
    private static final int OPT = 41;
    private static final int EXTENDED_ERROR = 15;
    /** NOERROR, SERVFAIL, NXDOMAIN, NOTIMP, REFUSED, and what EDNS alone can say. */
    private static final List<Integer> RCODES = List.of(0, 0, 2, 3, 4, 5, 9, 11);
    private static final List<String> NAMES = List.of("alias.test", "a.b.c.d.e.f.test", "",
            "\u001b[31mred.test", "xn--bcher-kva.test", "a".repeat(63) + ".test");

    private DnsAnswers() {}

    /** An answer to this question: addresses, an alias, a denial or an error. */
    static byte[] to(byte[] query, RandomGenerator random) {
        int question = end(query);
        int rcode = RCODES.get(random.nextInt(RCODES.size()));
        int answers = rcode == 0 ? random.nextInt(4) : 0;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(query, 0, 2);
            out.writeShort(0x8180 | rcode | (random.nextInt(16) == 0 ? 0x200 : 0));
            out.writeShort(1);
            out.writeShort(answers);
            out.writeShort(answers == 0 ? 1 : 0);
            out.writeShort(1);
            out.write(Arrays.copyOfRange(query, HEADER, question));
            for (int i = 0; i < answers; i++) {
                boolean alias = random.nextInt(3) == 0;
                record(out, alias ? CNAME : A,
                        alias ? name(NAMES.get(random.nextInt(NAMES.size())))
                                : new byte[] {(byte) 192, 0, 2, (byte) random.nextInt(256)});
            }
            if (answers == 0) {
                record(out, SOA, authority());
            }
            opt(out, random);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    /** Behind the only question: its name's labels, type and class. */
    private static int end(byte[] query) {
        int at = HEADER;
        while (query[at] != 0) {
            at += query[at] + 1;
        }
        return at + 5;
    }

    private static byte[] name(String dotted) {
        ByteArrayOutputStream labels = new ByteArrayOutputStream();
        for (String label : dotted.split("\\.", -1)) {
            if (!label.isEmpty()) {
                labels.write(label.length());
                labels.writeBytes(label.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        labels.write(0);
        return labels.toByteArray();
    }

    private static byte[] authority() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(name("ns.test"));
            out.write(name("admin.test"));
            for (int i = 0; i < 5; i++) {
                out.writeInt(3600);
            }
        }
        return bytes.toByteArray();
    }

    private static void record(DataOutputStream out, int type, byte[] data) throws IOException {
        out.writeShort(TO_QUESTION);
        out.writeShort(type);
        out.writeShort(1);
        out.writeInt(60);
        out.writeShort(data.length);
        out.write(data);
    }

    private static void opt(DataOutputStream out, RandomGenerator random) throws IOException {
        byte[] text = "signature expired \u001b[5m".getBytes(StandardCharsets.UTF_8);
        boolean error = random.nextBoolean();
        out.write(0);
        out.writeShort(OPT);
        out.writeShort(1232);
        out.writeInt(0);
        out.writeShort(error ? 6 + text.length : 0);
        if (error) {
            out.writeShort(EXTENDED_ERROR);
            out.writeShort(2 + text.length);
            out.writeShort(random.nextInt(30));
            out.write(text);
        }
    }
}
