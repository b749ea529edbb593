package probe.testing;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * One resource record (RFC 1035 §3.2.1), with a time to live of 60 s.
 *
 * @param owner whose record it is; empty for the name that was asked for
 * @param type its type
 * @param data its data in wire format
 */
public record DnsRecord(String owner, DnsType type, Payload data) {
    /** A or AAAA of the name asked for, by the kind of the literal. */
    public static DnsRecord address(String literal) {
        InetAddress address = InetAddress.ofLiteral(literal);
        return new DnsRecord(
                "",
                address instanceof Inet4Address ? DnsType.A : DnsType.AAAA,
                Payload.of(address.getAddress()));
    }

    /** An alias of the name asked for. */
    public static DnsRecord alias(String target) {
        return alias("", target);
    }

    /**
     * An alias of any name, for chains.
     *
     * @param owner the alias; empty for the name asked for
     * @param target the name it stands for; may contain bytes that no host name may have
     */
    public static DnsRecord alias(String owner, String target) {
        return new DnsRecord(owner, DnsType.CNAME, DnsWire.name(target));
    }

    /** The same record of another owner: the address at the end of a chain of aliases. */
    public DnsRecord of(String other) {
        return new DnsRecord(other, type, data);
    }

    /** One character string of at most 255 bytes, which may be any (RFC 1035 §3.3.14). */
    public static DnsRecord text(Payload bytes) {
        return new DnsRecord(
                "", DnsType.TXT, Payload.of(new byte[] {(byte) bytes.length()}).plus(bytes));
    }

    /** The authority of {@code zone}: in a negative answer it says for how long that holds (RFC 2308 §3). */
    static DnsRecord authority(String zone) {
        Payload numbers = Payload.hex("00000001 00000e10 00000258 00015180 0000003c");
        return new DnsRecord(
                zone,
                DnsType.SOA,
                DnsWire.name("ns." + zone).plus(DnsWire.name("hostmaster." + zone)).plus(numbers));
    }
}
