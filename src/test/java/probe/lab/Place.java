package probe.lab;

/**
 * A network namespace of a {@link Slot}.
 *
 * <pre>
 *   CLIENT 10.77.1.2 ── 10.77.1.1 ROUTER1 10.77.12.1 ── 10.77.12.2 ROUTER2 10.77.2.1 ── 10.77.2.2 SERVER
 * </pre>
 *
 * ROUTER1 is the client's gateway and so the client's own network; ROUTER2 is the last router before the server. IPv6
 * has {@code fd77:1::}, {@code fd77:12::} and {@code fd77:2::} with the same last numbers. The server also owns
 * 10.77.2.53 to 10.77.2.59 (name servers) and 10.77.2.80 (a proxy's machine).
 */
enum Place {
    CLIENT("c"), ROUTER1("r"), ROUTER2("q"), SERVER("s");

    private final String suffix;

    Place(String suffix) {
        this.suffix = suffix;
    }

    /** The last letter of the namespace's name. */
    String suffix() {
        return suffix;
    }
}
