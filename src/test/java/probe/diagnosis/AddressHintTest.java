package probe.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressHintTest {

    @ParameterizedTest
    @CsvSource({"0.0.0.0, UNSPECIFIED", "::, UNSPECIFIED", "127.0.53.53, NAME_COLLISION",
        "127.0.0.1, LOOPBACK",
        "127.255.255.255, LOOPBACK", "::1, LOOPBACK", "169.254.169.254, LINK_LOCAL",
        "fe80::1, LINK_LOCAL",
        "192.0.2.0, DOCUMENTATION", "198.51.100.255, DOCUMENTATION", "203.0.113.9, DOCUMENTATION",
        "2001:db8:ffff::1, DOCUMENTATION", "3fff:fff::1, DOCUMENTATION",
        "146.112.61.104, BLOCK_PAGE",
        "146.112.61.110, BLOCK_PAGE", "10.0.0.1, PRIVATE", "172.31.255.255, PRIVATE",
        "192.168.1.1, PRIVATE",
        "100.64.0.1, PRIVATE", "fd00::1, PRIVATE", "fc00::1, PRIVATE"})
    void an_address_that_no_public_service_has_is_named(String address, AddressHint hint) {
        assertEquals(Optional.of(hint), AddressHint.of("shop.web.de", address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.3.0", "198.51.101.0", "203.0.112.255", "2001:db9::", "4000::1",
        "3fff:1000::1",
        "146.112.61.103", "146.112.61.111", "172.32.0.0", "100.128.0.0", "9.255.255.255",
        "126.255.255.255",
        "2a00::1", "fe00::1", "not an address", ""})
    void its_neighbours_are_not(String address) {
        assertEquals(Optional.empty(), AddressHint.of("shop.web.de", address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "db", "db.internal", "printer.local", "db.test",
        "shop.example", "www.example.com",
        "10.0.0.1", "::1", "fritz.home.arpa", "DB.Internal."})
    void names_that_are_not_public_may_lead_anywhere_inside(String host) {
        assertEquals(Optional.empty(), AddressHint.of(host, "10.0.0.1"));
        assertEquals(Optional.empty(), AddressHint.of(host, "127.0.0.1"));
        assertEquals(Optional.of(AddressHint.UNSPECIFIED), AddressHint.of(host, "0.0.0.0"));
    }
}
