package probe.evidence.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import probe.evidence.ControlResult;
import probe.evidence.ControlResult.Control;
import probe.evidence.ControlResult.Outcome;

class ControlsTest {
    private static final InetAddress HOST = InetAddress.ofLiteral("192.0.2.7");

    @Test
    void other_ports_of_a_host_are_never_the_one_that_failed() {
        assertEquals(List.of("192.0.2.7:1", "192.0.2.7:80"),
                names(Controls.otherPorts(new InetSocketAddress(HOST, 443))));
        assertEquals(List.of("192.0.2.7:443", "192.0.2.7:80"),
                names(Controls.otherPorts(new InetSocketAddress(HOST, 1))));
    }

    @Test
    void loopback_has_nothing_to_compare_with() {
        assertEquals(List.of(), Controls.otherPorts(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 80)));
    }

    @Test
    void other_addresses_are_those_not_attempted_and_say_which_family_they_are() {
        InetAddress v6 = InetAddress.ofLiteral("2001:db8::7");
        InetAddress second = InetAddress.ofLiteral("192.0.2.8");
        List<ControlPlan> plans = Controls.otherAddresses(new InetSocketAddress(HOST, 443),
                List.of(HOST), List.of(HOST, v6, second, InetAddress.ofLiteral("192.0.2.9")));
        assertEquals(List.of("[2001:db8::7]:443", "192.0.2.8:443"), names(plans));
        assertEquals(List.of(Control.OTHER_FAMILY, Control.OTHER_ADDRESS),
                plans.stream().map(ControlPlan::control).toList());
    }

    @Test
    void results_carry_the_names_of_their_plans() {
        Connector refusing = (plans, _) -> plans.stream()
                .map(plan -> new ConnectResult(plan,
                        Outcome.REFUSED, 111, null, Duration.ofMillis(2)))
                .toList();
        List<ControlResult> results = new Controls(refusing).run(
                List.of(Controls.gateway(InetAddress.ofLiteral("192.0.2.1"))), Controls.LIMIT);
        assertEquals(List.of(new ControlResult(Control.GATEWAY, "192.0.2.1:53", Outcome.REFUSED,
                Duration.ofMillis(2))), results);
    }

    @Test
    void there_are_never_more_than_eight_connections_with_the_repeat() {
        int near = 1 + Controls.otherPorts(new InetSocketAddress(HOST, 443)).size();
        assertTrue(near < Controls.MOST);
        assertEquals(8, Controls.MOST + 1);
    }

    private static List<String> names(List<ControlPlan> plans) {
        return plans.stream().map(ControlPlan::name).toList();
    }
}
