package probe.evidence.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import probe.evidence.HostsEntry;
import probe.evidence.ResolverConfig;
import probe.evidence.ResolverConfig.File;

class DnsConfigTest {
    @TempDir
    Path folder;

    private DnsFiles files(String resolvConf, String hosts, String nsswitch, String hostname)
            throws IOException {
        return new DnsFiles(write("resolv.conf", resolvConf), write("hosts", hosts),
                write("nsswitch.conf", nsswitch), write("hostname", hostname));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, StandardCharsets.ISO_8859_1);
    }

    private ResolverConfig read(String resolvConf) throws IOException {
        return DnsConfig.read(files(resolvConf, "", "", "box.lan.test\n"));
    }

    @Test
    void servers_domains_and_options_are_read() throws IOException {
        assertEquals(new ResolverConfig(File.NAMES_SERVERS, List.of("192.0.2.1", "2001:db8::1"),
                List.of("a.test", "b.test"), 5, List.of("files", "dns")),
                DnsConfig.read(files("""
                        # made by hand
                        nameserver 192.0.2.1 ; the first
                        nameserver\t2001:db8::1
                        search a.test  b.test
                        options timeout:2 ndots:5
                        """, "", "passwd: files\nhosts:  files dns # as usual\n", "box\n")));
    }

    @ParameterizedTest
    @CsvSource({"'', 5", "options timeout:1, 1", "options ndots:3 timeout:2 timeout:7, 7",
        "options timeout:0, 1", "options timeout:999999999, 30", "options timeout:x, 5",
        "# options timeout:1, 5"})
    void the_first_server_is_waited_for_as_long_as_the_options_say(String line, long seconds)
            throws IOException {
        assertEquals(Duration.ofSeconds(seconds),
                DnsConfig.timeout(files(line + "\n", "", "", "")));
    }

    @Test
    void only_three_servers_count_and_the_last_search_line() throws IOException {
        ResolverConfig config = read("""
                nameserver 192.0.2.1
                nameserver 192.0.2.2
                nameserver 192.0.2.3
                nameserver 192.0.2.4
                search a.test
                domain b.test
                """);
        assertEquals(List.of("192.0.2.1", "192.0.2.2", "192.0.2.3"), config.servers());
        assertEquals(List.of("b.test"), config.searchDomains());
    }

    @Test
    void a_file_without_servers_is_told_from_one_that_is_not_there() throws IOException {
        assertEquals(File.NAMES_NO_SERVER, read("# nameserver 192.0.2.1\nnameserver\n").file());
        assertEquals(File.NAMES_NO_SERVER, read("").file());
        DnsFiles nowhere = new DnsFiles(folder.resolve("a"), folder.resolve("b"),
                folder.resolve("c"),
                folder.resolve("d"));
        assertEquals(
                new ResolverConfig(File.UNREADABLE, List.of(), List.of(), 1,
                        List.of("dns", "files")),
                DnsConfig.read(nowhere));
        assertEquals(Optional.empty(), DnsConfig.hosts(nowhere, "db.test"));
    }

    @Test
    void without_a_search_line_the_domain_of_this_machine_is_searched() throws IOException {
        assertEquals(List.of("lan.test"), read("nameserver 192.0.2.1\n").searchDomains());
    }

    @Test
    void ndots_is_capped_as_glibc_does_and_nonsense_is_passed_over() throws IOException {
        assertEquals(15, read("options ndots:99\n").ndots());
        assertEquals(1, read("options ndots:x\n").ndots());
    }

    @Test
    void the_hosts_file_is_searched_without_case_and_through_aliases() throws IOException {
        DnsFiles files = files("", """
                127.0.0.1 localhost
                192.0.2.7 DB.test db # 192.0.2.9 other.test
                2001:DB8:0:0:0:0:0:7\tdb.test
                192.0.2.8 mydb.test
                """, "", "");
        assertEquals(Optional.of(new HostsEntry("db.Test.", List.of("192.0.2.7", "2001:db8::7"))),
                DnsConfig.hosts(files, "db.Test."));
        assertEquals(Optional.empty(), DnsConfig.hosts(files, "other.test"));
        assertEquals(Optional.empty(), DnsConfig.hosts(files, "test"));
    }

    @Test
    void bytes_that_would_harm_a_terminal_are_escaped() throws IOException {
        assertEquals(List.of("\\u001b[31m"), read("nameserver \u001b[31m\n").servers());
    }
}
