package probe.profile;

/**
 * One header field.
 *
 * @param name the field's name, a token of RFC 9110 §5.6.2
 * @param value the field's value
 */
public record Header(String name, String value) {

    /** Shows the name alone: the value may be a secret. */
    @Override
    public String toString() {
        return name;
    }
}
