package probe.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import probe.advice.Advice.SafeFor;
import probe.diagnosis.Kind;
import probe.diagnosis.Locus;
import probe.diagnosis.Side;

/**
 * A fault that is really made, and what is true about it.
 *
 * @param id its name
 * @param faults what is done to the path; the server's faults are ports of {@link Fixtures}
 * @param resolver the client's resolv.conf; empty for none
 * @param delayMillis how long a packet takes between the routers, one way
 * @param freezesServer whether the server's processes are stopped (SIGSTOP)
 * @param arguments of the program
 * @param truth what is wrong
 */
record Scenario(String id, List<Fault> faults, String resolver, int delayMillis,
        boolean freezesServer,
        List<String> arguments, Truth truth) {

    /**
     * What is wrong.
     *
     * @param kinds what may be said of it, by the words of the kinds
     * @param sides who has to act; both where the fault lies on the path between
     * @param loci where it lies
     * @param decidable whether anything that the client can see excludes the other side; it does not where another cause,
     *            on the other side, gives the same evidence
     * @param safe which requests may be repeated; empty where it is not at stake
     * @param because why these labels, in one line
     */
    record Truth(Set<Kind> kinds, Set<Side> sides, Set<Locus> loci, boolean decidable,
            Set<SafeFor> safe, String because) {}

    static Builder of(String id, String... arguments) {
        return new Builder(id, arguments);
    }

    /** Collects what is said about a scenario; {@link #because} ends it. */
    static final class Builder {
        private final String id;
        private final List<String> arguments = new ArrayList<>();
        private final List<Fault> faults = new ArrayList<>();
        private String resolver = "";
        private int delay;
        private boolean freezes;
        private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        private Set<Side> sides = Set.of();
        private Set<Locus> loci = Set.of();
        private Set<SafeFor> safe = Set.of();
        private boolean decidable = true;

        private Builder(String id, String... arguments) {
            this.id = id;
            this.arguments.addAll(List.of(arguments));
        }

        Builder filter(Place place, String rule) {
            faults.add(Fault.filter(place, rule));
            return this;
        }

        Builder at(Place place, String command) {
            faults.add(Fault.at(place, command));
            return this;
        }

        Builder resolver(String... nameServers) {
            StringBuilder text = new StringBuilder("options timeout:1 attempts:1\n");
            Arrays.stream(nameServers)
                    .forEach(address -> text.append("nameserver ")
                            .append(address)
                            .append('\n'));
            resolver = text.toString();
            return this;
        }

        /** The way between the routers is so long, one way. */
        Builder delayed(int millis) {
            delay = millis;
            return this;
        }

        Builder frozen() {
            freezes = true;
            return this;
        }

        /** Options of the program. */
        Builder with(String... words) {
            arguments.addAll(List.of(words));
            return this;
        }

        Builder kind(Kind... values) {
            kinds.addAll(List.of(values));
            return this;
        }

        Builder orKind(Kind... values) {
            kinds.addAll(List.of(values));
            return this;
        }

        /** The client has to act. */
        Builder client(Locus... places) {
            sides = EnumSet.of(Side.CLIENT);
            loci = EnumSet.copyOf(List.of(places));
            return this;
        }

        /** The server has to act. */
        Builder server(Locus... places) {
            sides = EnumSet.of(Side.SERVER);
            loci = EnumSet.copyOf(List.of(places));
            return this;
        }

        /** It lies between: neither side is wrong, none may be said with certainty. */
        Builder path(Locus... others) {
            sides = EnumSet.allOf(Side.class);
            loci = EnumSet.of(Locus.PATH, others);
            decidable = false;
            return this;
        }

        Builder undecidable() {
            decidable = false;
            return this;
        }

        Builder safeFor(SafeFor... values) {
            safe = EnumSet.copyOf(List.of(values));
            return this;
        }

        Scenario because(String reason) {
            return new Scenario(id, List.copyOf(faults), resolver, delay, freezes,
                    List.copyOf(arguments), new Truth(kinds, sides, loci, decidable, safe, reason));
        }
    }
}
