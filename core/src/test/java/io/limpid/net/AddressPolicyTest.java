package io.limpid.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses each policy lets be dialled. */
class AddressPolicyTest {

    /** The second column is ALL_BUT_METADATA, the third PUBLIC_ONLY. */
    @ParameterizedTest
    @CsvSource(textBlock = """
        # the public internet
        1.1.1.1,                 yes, yes
        8.8.8.8,                 yes, yes
        9.255.255.255,           yes, yes
        11.0.0.0,                yes, yes
        100.63.255.255,          yes, yes
        100.128.0.0,             yes, yes
        126.255.255.255,         yes, yes
        128.0.0.0,               yes, yes
        169.253.255.255,         yes, yes
        169.255.0.0,             yes, yes
        172.15.255.255,          yes, yes
        172.32.0.0,              yes, yes
        192.0.1.0,               yes, yes
        192.167.255.255,         yes, yes
        192.169.0.0,             yes, yes
        198.17.255.255,          yes, yes
        198.20.0.0,              yes, yes
        223.255.255.255,         yes, yes
        2000::1,                 yes, yes
        2606:4700:4700::1111,    yes, yes
        2a00:1450:4001::64,      yes, yes
        2001:200::1,             yes, yes
        3fff:1000::1,            yes, yes
        # loopback, private and shared networks
        127.0.0.1,               yes, no
        127.0.0.0,               yes, no
        127.255.255.255,         yes, no
        10.0.0.0,                yes, no
        10.255.255.255,          yes, no
        172.16.0.0,              yes, no
        172.31.255.255,          yes, no
        192.168.0.0,             yes, no
        192.168.255.255,         yes, no
        100.64.0.0,              yes, no
        100.127.255.255,         yes, no
        ::1,                     yes, no
        fc00::1,                 yes, no
        fd00::1,                 yes, no
        fdff:ffff::1,            yes, no
        fec0::1,                 yes, no
        # this host, multicast, reserved
        0.0.0.0,                 yes, no
        0.255.255.255,           yes, no
        ::,                      yes, no
        192.0.0.1,               yes, no
        192.0.2.1,               yes, no
        192.88.99.1,             yes, no
        198.18.0.0,              yes, no
        198.19.255.255,          yes, no
        198.51.100.1,            yes, no
        203.0.113.1,             yes, no
        224.0.0.1,               yes, no
        239.255.255.255,         yes, no
        240.0.0.1,               yes, no
        255.255.255.255,         yes, no
        100::1,                  yes, no
        1fff::1,                 yes, no
        4000::1,                 yes, no
        5f00::1,                 yes, no
        2001::1,                 yes, no
        2001:1ff:ffff::1,        yes, no
        2001:db8::1,             yes, no
        3fff:fff::1,             yes, no
        ff02::1,                 yes, no
        ff0e::1,                 yes, no
        64:ff9b:1::1,            yes, no
        # link-local, and where clouds hand out credentials
        169.254.0.0,             no,  no
        169.254.169.254,         no,  no
        169.254.170.2,           no,  no
        169.254.255.255,         no,  no
        fe80::1,                 no,  no
        febf:ffff::1,            no,  no
        fd00:ec2::254,           no,  no
        fd20:ce::254,            no,  no
        fd00:c1::a9fe:a9fe,      no,  no
        fd00:42::42,             no,  no
        100.100.100.200,         no,  no
        192.0.0.192,             no,  no
        168.63.129.16,           no,  no
        # the same in other clothes: mapped, compatible, translated, NAT64, 6to4
        ::ffff:1.1.1.1,          yes, yes
        ::ffff:127.0.0.1,        yes, no
        ::ffff:10.0.0.1,         yes, no
        ::ffff:169.254.169.254,  no,  no
        ::127.0.0.1,             yes, no
        ::169.254.169.254,       no,  no
        ::1.1.1.1,               yes, yes
        ::ffff:0:10.0.0.1,       yes, no
        ::ffff:0:169.254.169.254, no, no
        64:ff9b::1.1.1.1,        yes, yes
        64:ff9b::10.0.0.1,       yes, no
        64:ff9b::169.254.169.254, no, no
        2002:0101:0101::1,       yes, yes
        2002:7f00:0001::1,       yes, no
        2002:a9fe:a9fe::1,       no,  no
        2002:6464:64c8::,        no,  no
        """)
    void dialled(String text, String butMetadata, String publicOnly) {
        InetAddress address = InetAddress.ofLiteral(text);
        assertThat(answer(AddressPolicy.ALL_BUT_METADATA, address)).isEqualTo(butMetadata);
        assertThat(answer(AddressPolicy.PUBLIC_ONLY, address)).isEqualTo(publicOnly);
    }

    private static String answer(AddressPolicy policy, InetAddress address) {
        return policy.refusal(address) == null ? "yes" : "no";
    }

    /** What Java itself calls special is never public, wherever it stands. */
    @Property
    void thePublicPolicyIsNarrowerThanEverythingElse(@ForAll @Size(16) byte[] bytes, @ForAll boolean ipv4)
            throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress(ipv4 ? Arrays.copyOf(bytes, 4) : bytes);
        boolean special = address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
        if (special || AddressPolicy.ALL_BUT_METADATA.refusal(address) != null) {
            assertThat(AddressPolicy.PUBLIC_ONLY.refusal(address)).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/x",
                "10.0.0/8",
                "::/129",
                "1.2.3.4/0008",
                "fe80::1%1/64",
                "10"
            })
    void whatIsNoRangeIsNone(String text) {
        assertThat(AddressRange.parse(text)).isNull();
    }

    @Test
    void aRangeOfMappedAddressesIsOneOfIpv4() {
        AddressRange range = AddressRange.of("::ffff:10.0.0.0/104");
        assertThat(range).isEqualTo(AddressRange.of("10.0.0.0/8"));
        assertThat(range.contains(InetAddress.ofLiteral("10.255.0.1"))).isTrue();
        assertThat(range.contains(InetAddress.ofLiteral("11.0.0.1"))).isFalse();
        assertThat(range.contains(InetAddress.ofLiteral("a00::"))).isFalse();
    }
}
