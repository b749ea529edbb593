package probe.lab;

/**
 * What makes every fault pass, in place and at once, while the program may be running: filters are dropped, routes,
 * links and addresses set right, and each port that goes wrong is led to one beside it that does not.
 */
final class Healing {
    /** Run in each namespace; {@code {c}} and so on stand for their names. Some lines have nothing to do. */
    static final String SCRIPT = """
            ip netns exec {c} sh -c '
              nft flush ruleset
              sysctl -qw net.ipv4.ip_local_port_range="32768 60999" net.ipv4.ip_local_reserved_ports=
            '
            ip netns exec {r} sh -c '
              nft -f - <<END
            flush ruleset
            table ip heal {
              chain arriving {
                type nat hook prerouting priority -100
                ip daddr 10.77.1.99 tcp dport 80 dnat to 10.77.2.2:8000
              }
            }
            END
              sysctl -qw net.ipv4.conf.r1.arp_ignore=0
            '
            ip netns exec {q} nft flush ruleset
            ip netns exec {s} nft -f - <<END
            flush ruleset
            table inet heal {
              chain arriving {
                type nat hook prerouting priority -100
                ip daddr 10.77.2.53-10.77.2.58 udp dport 53 dnat ip to 10.77.2.59
                ip daddr 10.77.2.53-10.77.2.58 tcp dport 53 dnat ip to 10.77.2.59
                ip daddr 10.77.2.9 tcp dport 80 redirect to :8000
                tcp dport { 7999, 8001-8032 } redirect to :8000
                tcp dport 8444-8458 redirect to :8443
                tcp dport 3129-3999 redirect to :3128
                tcp dport 1080 redirect to :1081
              }
              chain leaving {
                type nat hook output priority -100
                tcp dport { 7999, 8001-8032 } redirect to :8000
              }
            }
            END
            ip -n {r} link set r1 up; ip -n {q} link set q1 up
            ip -n {s} link set s0 up; ip -n {c} link set c0 up
            ip -force -batch - -n {r} >/dev/null 2>&1 <<END || true
            addr replace 10.77.1.1/24 dev r1
            addr replace 10.77.1.99/24 dev r1
            route del unreachable 10.77.2.2/32
            route replace default via 10.77.12.2
            END
            ip -force -batch - -n {q} >/dev/null 2>&1 <<END || true
            route replace 10.77.1.0/24 via 10.77.12.1
            END
            ip -force -batch - -n {s} >/dev/null 2>&1 <<END || true
            addr replace 10.77.2.9/24 dev s0
            route replace default via 10.77.2.1
            END
            ip -force -batch - -n {c} >/dev/null 2>&1 <<END || true
            addr replace fd77:1::2/64 dev c0 nodad
            route del unreachable 10.77.2.0/24
            route del prohibit 10.77.2.0/24
            route del blackhole 10.77.2.0/24
            route replace default via 10.77.1.1
            route replace default via fd77:1::1
            END
            """;

    private Healing() {}
}
