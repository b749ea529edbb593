package probe.attempt;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of HTTP/2's own frames (RFC 9113).
 *
 * @param stream the number of the request's stream, or null when none had been opened
 * @param ending the frame with which the peer ended it, or null
 * @param code its error code (RFC 9113 §7), or null without one
 * @param lastStream the highest stream that the peer may have acted on, by its GOAWAY; null without one
 */
public record Http2Facts(@Nullable Integer stream, @Nullable Ending ending, @Nullable Long code,
        @Nullable Integer lastStream) {
    /** REFUSED_STREAM: "the stream was refused prior to any application processing" (RFC 9113 §8.7). */
    public static final long REFUSED_STREAM = 7;
    /** ENHANCE_YOUR_CALM: the peer finds the load too high. */
    public static final long ENHANCE_YOUR_CALM = 11;
    /** HTTP_1_1_REQUIRED. */
    public static final long HTTP_1_1_REQUIRED = 13;

    /** HTTP/2 was spoken, and no frame has ended anything. */
    public static final Http2Facts NOTHING_ENDED = new Http2Facts(null, null, null, null);

    /** The frame that ended a request before its answer was whole. */
    public enum Ending {
        /** RST_STREAM: this request alone. */
        RST_STREAM("rst-stream"),
        /** GOAWAY: the connection. */
        GOAWAY("goaway");

        private final String id;

        Ending(String id) {
            this.id = id;
        }

        /** The stable word for it. */
        public String id() {
            return id;
        }

        /** The value with this {@link #id()}. */
        public static Optional<Ending> byId(String id) {
            for (Ending value : values()) {
                if (value.id.equals(id)) {
                    return Optional.of(value);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * Whether the peer says itself that it has not acted on the request: a refused stream, or one above the last that
     * GOAWAY names (RFC 9113 §6.8, §8.7). Such a request can be sent again whatever it asks for.
     */
    public boolean isRefused() {
        if (ending == Ending.RST_STREAM) {
            return code != null && code == REFUSED_STREAM;
        }
        return ending == Ending.GOAWAY
                && (stream == null || lastStream != null && lastStream < stream);
    }

    /** {@code REFUSED_STREAM (7)}, or the number alone where it has no name; empty without a code. */
    public String spokenCode() {
        if (code == null) {
            return "";
        }
        String name = name(code);
        return name.isEmpty() ? "code " + code : name + " (" + code + ")";
    }

    private static String name(long code) {
        return code < 0 || code > 13 ? "" : switch ((int) code) {
            case 0 -> "NO_ERROR";
            case 1 -> "PROTOCOL_ERROR";
            case 2 -> "INTERNAL_ERROR";
            case 3 -> "FLOW_CONTROL_ERROR";
            case 4 -> "SETTINGS_TIMEOUT";
            case 5 -> "STREAM_CLOSED";
            case 6 -> "FRAME_SIZE_ERROR";
            case 7 -> "REFUSED_STREAM";
            case 8 -> "CANCEL";
            case 9 -> "COMPRESSION_ERROR";
            case 10 -> "CONNECT_ERROR";
            case 11 -> "ENHANCE_YOUR_CALM";
            case 12 -> "INADEQUATE_SECURITY";
            default -> "HTTP_1_1_REQUIRED";
        };
    }
}
