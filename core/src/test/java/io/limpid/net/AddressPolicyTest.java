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
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses each policy lets be dialled. */
class AddressPolicyTest {

    /** The second column is ALL_BUT_METADATA, the third PUBLIC_ONLY. */
    @ParameterizedTest
    @CsvFileSource(resources = "addresses.csv")
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
