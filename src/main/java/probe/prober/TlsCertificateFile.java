package probe.prober;

import java.nio.file.Files;
import java.nio.file.Path;

/** A file of {@code --cert}, behind which the password of a PKCS#12 file may stand: {@code FILE:PASSWORD}, as in curl. */
final class TlsCertificateFile {
    private final Path path;
    private final char[] password;

    private TlsCertificateFile(Path path, char[] password) {
        this.path = path;
        this.password = password;
    }

    /** A name that exists as it is has no password; in any other the first colon behind the file's name ends it. */
    static TlsCertificateFile of(Path given) {
        String text = given.toString();
        int colon = text.indexOf(':');
        if (colon < 0 || Files.exists(given)) {
            return new TlsCertificateFile(given, new char[0]);
        }
        int end = colon;
        while (end >= 0 && !Files.exists(Path.of(text.substring(0, end)))) {
            end = text.indexOf(':', end + 1);
        }
        // None exists: what stands behind the first colon may be the password and must not be shown.
        int cut = end < 0 ? colon : end;
        return new TlsCertificateFile(Path.of(text.substring(0, cut)),
                text.substring(cut + 1).toCharArray());
    }

    Path path() {
        return path;
    }

    /** The password, empty when none was given. */
    char[] password() {
        return password.clone();
    }

    /** Never shows the password. */
    @Override
    public String toString() {
        return path.toString();
    }
}
