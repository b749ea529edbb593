package probe.testing;

/** How a server knows where a request ends. */
public sealed interface RequestFraming {
    /** HTTP/1.1: an empty line, then the body by Content-Length or chunks (RFC 9112 §6). */
    record Http() implements RequestFraming {}

    /** One line, up to and with its line feed; there is no body. */
    record Line() implements RequestFraming {}

    /**
     * A fixed number of bytes; there is no body.
     *
     * @param count at least 1
     */
    record Bytes(int count) implements RequestFraming {}
}
