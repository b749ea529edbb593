package probe.lab;

import java.util.ArrayList;
import java.util.List;

/** Every fault of the laboratory. */
final class Scenarios {
    private Scenarios() {}

    /** In the order of an exchange's phases. */
    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        all.addAll(NameScenarios.all());
        all.addAll(ConnectScenarios.all());
        all.addAll(ProxyScenarios.all());
        all.addAll(TlsScenarios.all());
        all.addAll(StreamScenarios.all());
        all.addAll(IdleScenarios.all());
        all.addAll(AnswerScenarios.all());
        return all;
    }
}
