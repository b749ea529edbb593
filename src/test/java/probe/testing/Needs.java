package probe.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a test cannot do without: rights, or programs on the PATH.
 *
 * <p>Where something is missing the test is skipped and the reason printed. Where the environment says
 * {@code CI=true} it fails instead: there everything is installed, and a test that quietly stopped
 * running is a defect.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsCondition.class)
public @interface Needs {

    /** Rights and abilities of this machine. */
    Prerequisite[] value() default {};

    /** Programs that have to be on the PATH, by name. */
    String[] commands() default {};
}
