package probe.testing;

/** Record types by their number (RFC 1035 §3.2.2, RFC 3596 §2.1). */
public enum DnsType {
    A(1),
    CNAME(5),
    SOA(6),
    TXT(16),
    AAAA(28);

    private final int code;

    DnsType(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
