package probe.diagnosis;

import java.util.List;

/**
 * One claim about whose fault a failure is, or why that cannot be told. A rule is pure, looks at facts alone,
 * and says nothing when it does not apply. To add one: write it, and add its line to {@link Rules}.
 */
@FunctionalInterface
public interface Rule {

    /** What this rule makes of the incident; empty when it does not apply. */
    List<Finding> apply(Incident incident);
}
