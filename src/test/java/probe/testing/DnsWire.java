package probe.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** DNS messages on the wire (RFC 1035 §4), as far as a server of few words needs them. */
final class DnsWire {
    /**
     * A question as it came.
     *
     * @param id of the message
     * @param name with the letter case the client chose, without the last dot
     * @param type see {@link DnsType#code()}
     * @param edns whether there was an OPT record (RFC 6891 §6.1.1)
     * @param bytes the question section, to be repeated in the answer
     */
    record Question(int id, String name, int type, boolean edns, Payload bytes) {
        Question withOtherId() {
            return new Question(id ^ 0xffff, name, type, edns, bytes);
        }
    }

    private static final int HEADER = 12;
    private static final int CLASS_IN = 1;
    private static final int OPT = 41;
    private static final int EXTENDED_ERROR = 15;
    private static final int TTL_SECONDS = 60;
    private static final int UDP_SIZE = 1232;
    /** A pointer to offset 12, where the question's name stands (RFC 1035 §4.1.4). */
    private static final int QUESTION_NAME = 0xc000 | HEADER;
    /** QR, AA, RD, RA. */
    private static final int FLAGS = 0x8580;

    private static final int TRUNCATED = 0x0200;

    private DnsWire() {}

    /** A name as labels; each character is one byte, so hostile ones can be written. */
    static Payload name(String dotted) {
        ByteArrayOutputStream labels = new ByteArrayOutputStream();
        for (String label : dotted.split("\\.", -1)) {
            if (!label.isEmpty()) {
                labels.write(label.length());
                labels.writeBytes(label.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        labels.write(0);
        return Payload.of(labels.toByteArray());
    }

    /** Empty for anything but a query with one question. */
    static Optional<Question> parse(byte[] message) {
        try {
            ByteBuffer in = ByteBuffer.wrap(message);
            int id = in.getShort() & 0xffff;
            boolean response = in.getShort() < 0;
            int questions = in.getShort();
            in.position(HEADER);
            if (response || questions != 1) {
                return Optional.empty();
            }
            String name = readName(in);
            int type = in.getShort() & 0xffff;
            in.getShort();
            Payload question = Payload.of(message).slice(HEADER, in.position());
            return Optional.of(new Question(id, name, type, hasOpt(in), question));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String readName(ByteBuffer in) {
        StringBuilder name = new StringBuilder();
        for (int length = in.get() & 0xff; length > 0; length = in.get() & 0xff) {
            byte[] label = new byte[length];
            in.get(label);
            name.append(name.isEmpty() ? "" : ".").append(Payload.of(label).text());
        }
        return name.toString();
    }

    /** A query has no records but OPT, whose owner is the root: one zero byte, then the type. */
    private static boolean hasOpt(ByteBuffer in) {
        return in.remaining() >= 3 && in.get() == 0 && in.getShort() == OPT;
    }

    static Payload truncated(Question question) {
        return message(question, FLAGS | TRUNCATED, List.of(), List.of(), Payload.EMPTY);
    }

    static Payload response(Question question, DnsReply.Response response) {
        List<DnsRecord> answers = response.answers()
                .stream()
                .filter(record -> record.type() == DnsType.CNAME
                        || record.type().code() == question.type())
                .toList();
        List<DnsRecord> authority = response.authority()
                .map(DnsRecord::authority)
                .stream()
                .toList();
        Payload options = response.error().map(DnsWire::option).orElse(Payload.EMPTY);
        return message(question, FLAGS | response.rcode().code(), answers, authority, options);
    }

    private static Payload option(DnsReply.ExtendedError error) {
        byte[] text = error.text().getBytes(StandardCharsets.UTF_8);
        return written(out -> {
            out.writeShort(EXTENDED_ERROR);
            out.writeShort(2 + text.length);
            out.writeShort(error.code());
            out.write(text);
        });
    }

    private static Payload message(Question question, int flags, List<DnsRecord> answers,
            List<DnsRecord> authority, Payload options) {
        return written(out -> {
            out.writeShort(question.id());
            out.writeShort(flags);
            out.writeShort(1);
            out.writeShort(answers.size());
            out.writeShort(authority.size());
            out.writeShort(question.edns() ? 1 : 0);
            out.write(question.bytes().bytes());
            for (DnsRecord record : answers) {
                write(out, record);
            }
            for (DnsRecord record : authority) {
                write(out, record);
            }
            if (question.edns()) {
                writeOpt(out, options);
            }
        });
    }

    private static void write(DataOutputStream out, DnsRecord record) throws IOException {
        if (record.owner().isEmpty()) {
            out.writeShort(QUESTION_NAME);
        } else {
            out.write(name(record.owner()).bytes());
        }
        out.writeShort(record.type().code());
        out.writeShort(CLASS_IN);
        out.writeInt(TTL_SECONDS);
        out.writeShort(record.data().length());
        out.write(record.data().bytes());
    }

    /** RFC 6891 §6.1.2: the class holds the size of UDP packets, the TTL version and flags. */
    private static void writeOpt(DataOutputStream out, Payload options) throws IOException {
        out.write(0);
        out.writeShort(OPT);
        out.writeShort(UDP_SIZE);
        out.writeInt(0);
        out.writeShort(options.length());
        out.write(options.bytes());
    }

    private interface Part {
        void writeTo(DataOutputStream out) throws IOException;
    }

    private static Payload written(Part part) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            part.writeTo(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return Payload.of(bytes.toByteArray());
    }
}
