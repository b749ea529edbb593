package probe.evidence.collect;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import probe.evidence.ControlResult.Control;
import probe.profile.ProxySettings;
import probe.profile.Settings;
import probe.target.HostPort;
import probe.target.Target;

/**
 * The comparisons whose places have names: those that the user named, the proxy, the target without it, and the other
 * addresses of the target.
 *
 * <p>Costs the name lookups, of which the target's own is answered from the JVM's cache. They may block for long:
 * never on an attempt's thread. Needs nothing; a name that does not resolve has no comparison.
 */
final class NamedControls {
    /** More known-good places than these tell nothing new. */
    private static final int KNOWN_GOOD_COUNT = 3;

    private NamedControls() {}

    /** The places to compare with, resolved. */
    static List<ControlPlan> of(Target target, Settings settings) {
        List<ControlPlan> plans = new ArrayList<>();
        settings.controls()
                .stream()
                .limit(KNOWN_GOOD_COUNT)
                .forEach(place -> plans.addAll(first(Control.KNOWN_GOOD, place)));
        ProxySettings proxy = settings.proxy();
        if (proxy != null) {
            plans.addAll(first(Control.PROXY_ALONE, proxy.where()));
            plans.addAll(first(Control.TARGET_DIRECT, target.hostPort()));
        }
        return plans;
    }

    /** Whether there can be none: an address was asked for, and no other place is known. */
    static boolean isWithout(Target target, Settings settings) {
        return settings.controls().isEmpty() && settings.proxy() == null
                && HostPort.isAddressLiteral(target.host());
    }

    /** All addresses of the target, unless they were given instead of a lookup or lie behind a proxy. */
    static List<InetAddress> addresses(Target target, Settings settings) {
        boolean pinned = settings.pins()
                .stream()
                .anyMatch(pin -> pin.matches(target.host(), target.port()));
        return pinned || settings.proxy() != null ? List.of() : lookUp(target.host());
    }

    private static List<ControlPlan> first(Control control, HostPort place) {
        return lookUp(place.host()).stream()
                .limit(1)
                .map(address -> new ControlPlan(control,
                        new InetSocketAddress(address, place.port()), place.toString()))
                .toList();
    }

    private static List<InetAddress> lookUp(String host) {
        try {
            return Arrays.asList(InetAddress.getAllByName(host));
        } catch (UnknownHostException none) {
            return List.of();
        }
    }
}
