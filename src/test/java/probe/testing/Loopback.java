package probe.testing;

import java.net.InetAddress;

/** The two loopback addresses a fixture can listen on. */
public enum Loopback {
    /** 127.0.0.1 */
    V4("127.0.0.1"),
    /** ::1 */
    V6("::1");

    private final InetAddress address;

    Loopback(String literal) {
        this.address = InetAddress.ofLiteral(literal);
    }

    public InetAddress address() {
        return address;
    }
}
