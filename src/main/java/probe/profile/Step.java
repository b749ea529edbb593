package probe.profile;

/** One line of a scripted exchange on a raw socket. */
public sealed interface Step {

    /**
     * Bytes to write. They never appear in a report: they may be a password.
     *
     * @param text the bytes, one character each (ISO 8859-1), escapes already undone
     */
    record Send(String text) implements Step {
        @Override
        public String toString() {
            return "send " + text.length() + " bytes";
        }
    }

    /**
     * A pattern that what was received since the last step must contain.
     *
     * @param pattern a regular expression over the bytes, one character each (ISO 8859-1)
     */
    record Expect(String pattern) implements Step {
        @Override
        public String toString() {
            return "expect " + pattern;
        }
    }

    /** From here on the connection is TLS (the STARTTLS of SMTP, IMAP, LDAP, PostgreSQL …). */
    record StartTls() implements Step {
        @Override
        public String toString() {
            return "start-tls";
        }
    }
}
