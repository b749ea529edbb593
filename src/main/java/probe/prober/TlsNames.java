package probe.prober;

import java.net.IDN;
import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether a certificate is for the name that was asked for: RFC 9525 (which replaced RFC 6125). Only the subject
 * alternative names count, never the common name (§2); a wildcard is a whole left-most label and stands for exactly
 * one (§6.3); an address matches an address and nothing else (§6.4). Names are compared in their ASCII form, case
 * aside (§6.3, RFC 5890).
 */
final class TlsNames {
    private static final int DNS = 2; // GeneralName, RFC 5280 §4.2.1.6
    private static final int ADDRESS = 7;

    private TlsNames() {}

    /** The names and addresses that a certificate is for; none where its extension cannot be read. */
    static List<String> of(X509Certificate certificate) {
        List<String> names = new ArrayList<>(ofType(certificate, DNS));
        names.addAll(ofType(certificate, ADDRESS));
        return names;
    }

    /** Whether the certificate is for this host: a name, or an address literal without brackets. */
    static boolean matches(X509Certificate certificate, String host) {
        InetAddress address = literal(host);
        if (address != null) {
            return ofType(certificate, ADDRESS).stream()
                    .anyMatch(name -> address.equals(literal(name)));
        }
        String wanted = ascii(host);
        return ofType(certificate, DNS).stream().anyMatch(name -> matches(ascii(name), wanted));
    }

    /** The address that a literal stands for, its zone left off, or null when it is a name. */
    static @Nullable InetAddress literal(String host) {
        int zone = host.indexOf('%');
        try {
            return InetAddress.ofLiteral(zone < 0 ? host : host.substring(0, zone));
        } catch (IllegalArgumentException name) {
            return null;
        }
    }

    private static boolean matches(String pattern, String wanted) {
        if (!pattern.startsWith("*.")) {
            return !pattern.isEmpty() && pattern.equals(wanted);
        }
        int dot = wanted.indexOf('.');
        String rest = pattern.substring(1);
        // A wildcard right below a top-level domain would be for everybody's names (RFC 9525 §7.1).
        boolean tooWide = rest.indexOf('.', 1) < 0;
        return dot > 0 && !tooWide && wanted.substring(dot).equals(rest);
    }

    /** Lower case, A-labels, without the dot of the root. */
    private static String ascii(String name) {
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        try {
            return IDN.toASCII(bare, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException notIdn) {
            return bare.toLowerCase(Locale.ROOT);
        }
    }

    private static List<String> ofType(X509Certificate certificate, int type) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            for (List<?> name : all == null ? List.<List<?>>of() : all) {
                if (name.getFirst().equals(type) && name.get(1) instanceof String text) {
                    names.add(text);
                }
            }
        } catch (CertificateParsingException unreadable) {
            // An extension that nobody can read names nobody.
        }
        return names;
    }
}
