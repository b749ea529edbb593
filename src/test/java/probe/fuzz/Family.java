package probe.fuzz;

import java.util.random.RandomGenerator;

/** Whom the mutated answers are fed to, and how many of a hundred cases that is. */
enum Family {
    /** Heads of HTTP answers, to HttpClient. */
    HTTP_HEAD(28),
    /** Bodies in chunks, to HttpClient. */
    HTTP_CHUNKS(16),
    /** Banners and replies, to scripts on a raw socket. */
    BANNER(22),
    /** An HTTP proxy's replies, to CONNECT. */
    CONNECT(5),
    /** A SOCKS proxy's replies. */
    SOCKS(5),
    /** Records in the clear, to a handshake. */
    TLS_RECORDS(3),
    /** A TLS 1.2 server's whole first flight, certificates included, to a handshake. */
    TLS12_FLIGHT(2),
    /** A TLS 1.3 server's whole first flight, to a handshake. */
    TLS13_FLIGHT(1),
    /** A name server's answers, to the reader of them. */
    DNS(18);

    private static final int ALL = 100;
    private final int share;

    Family(int share) {
        this.share = share;
    }

    /** Each as often as its share says. */
    static Family any(RandomGenerator random) {
        int at = random.nextInt(ALL);
        for (Family family : values()) {
            at -= family.share;
            if (at < 0) {
                return family;
            }
        }
        throw new IllegalStateException("the shares are not " + ALL);
    }
}
