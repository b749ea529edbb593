package probe.target;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTest {

    @ParameterizedTest
    @CsvSource({"192.0.2.7, 192.0.2.7", "0:0:0:0:0:0:0:1, ::1", "0:0:0:0:0:0:0:0, ::",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1", "fe80:0:0:0:0:0:0:1, fe80::1",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3"})
    void addresses_have_the_form_of_rfc_5952(String written, String canonical) {
        assertEquals(canonical, AddressText.of(InetAddress.ofLiteral(written)));
    }
}
