package probe.evidence.collect;

import java.net.InetSocketAddress;
import probe.evidence.ControlResult.Control;
import probe.target.AddressText;

/**
 * A comparison to be made.
 *
 * @param control what it compares
 * @param remote where it goes
 * @param name how the report calls the place: what the user typed, or the address
 */
record ControlPlan(Control control, InetSocketAddress remote, String name) {

    static ControlPlan of(Control control, InetSocketAddress remote) {
        String address = AddressText.of(remote.getAddress());
        String host = address.indexOf(':') < 0 ? address : "[" + address + "]";
        return new ControlPlan(control, remote, host + ":" + remote.getPort());
    }
}
