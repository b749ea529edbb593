package probe.diagnosis;

import java.util.List;

/**
 * All rules, in the order in which their evidence is shown and, among equals, heard: what this machine knows of
 * itself comes first. To add a rule, add its line.
 */
final class Rules {

    /** The rules. */
    static final List<Rule> ALL = List.of();

    private Rules() {}
}
