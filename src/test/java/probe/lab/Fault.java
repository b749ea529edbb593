package probe.lab;

/**
 * One thing done to the path before the program runs.
 *
 * @param place where
 * @param command a line of the shell, run there with every right
 */
record Fault(Place place, String command) {
    /** A rule of the packet filter, such as {@code forward tcp dport 7001 drop}. */
    static Fault filter(Place place, String rule) {
        return new Fault(place, "nft 'add rule inet f " + rule + "'");
    }

    static Fault at(Place place, String command) {
        return new Fault(place, command);
    }
}
