package io.limpid.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The policies that an operator chooses from. */
enum StandardAddressPolicy implements AddressPolicy {
    ALL_BUT_METADATA {
        @Override
        @Nullable
        String refusalOfItself(InetAddress address) {
            return kind(Tables.METADATA, address);
        }
    },
    PUBLIC_ONLY {
        @Override
        @Nullable
        String refusalOfItself(InetAddress address) {
            String refusal = kind(Tables.METADATA, address);
            if (refusal == null) {
                refusal = kind(Tables.NOT_PUBLIC, address);
            }
            boolean elsewhere = address instanceof Inet6Address
                    && !Tables.UNICAST.contains(address)
                    && AddressRange.embedded(address) == null;
            return refusal == null && elsewhere ? RESERVED : refusal;
        }
    };

    private static final String LINK_LOCAL = "a link-local address";
    private static final String CREDENTIALS = "an address of cloud metadata";
    private static final String PRIVATE = "a private address";
    private static final String LOOPBACK = "a loopback address";
    private static final String RESERVED = "a reserved address";
    private static final String MULTICAST = "a multicast address";

    @Override
    public @Nullable String refusal(InetAddress address) {
        String refusal = refusalOfItself(address);
        InetAddress embedded = AddressRange.embedded(address);
        return refusal == null && embedded != null ? refusalOfItself(embedded) : refusal;
    }

    abstract @Nullable String refusalOfItself(InetAddress address);

    private static @Nullable String kind(Map<AddressRange, String> table, InetAddress address) {
        for (Map.Entry<AddressRange, String> row : table.entrySet()) {
            if (row.getKey().contains(address)) {
                return row.getValue();
            }
        }
        return null;
    }

    private static Map<AddressRange, String> table(String... rows) {
        Map<AddressRange, String> table = new LinkedHashMap<>();
        for (int i = 0; i < rows.length; i += 2) {
            table.put(AddressRange.of(rows[i]), rows[i + 1]);
        }
        return table;
    }

    /** Read when an address is first asked about, which many a run never does. */
    private static final class Tables {
        /** All of IPv6 that IANA has given out for the public internet, so far. */
        static final AddressRange UNICAST = AddressRange.of("2000::/3");

        static final Map<AddressRange, String> METADATA = table(
                "169.254.0.0/16", LINK_LOCAL,
                "fe80::/10", LINK_LOCAL,
                // Amazon; Google; Oracle (two); Scaleway; Alibaba; Azure.
                "fd00:ec2::/32", CREDENTIALS,
                "fd20:ce::/64", CREDENTIALS,
                "fd00:c1::a9fe:a9fe", CREDENTIALS,
                "192.0.0.192", CREDENTIALS,
                "fd00:42::42", CREDENTIALS,
                "100.100.100.200", CREDENTIALS,
                "168.63.129.16", CREDENTIALS);

        /** The special-purpose address registries of IANA (RFC 6890), and multicast. */
        static final Map<AddressRange, String> NOT_PUBLIC = table(
                "0.0.0.0/8", "the address of this host",
                "10.0.0.0/8", PRIVATE,
                "100.64.0.0/10", "a shared address (RFC 6598)",
                "127.0.0.0/8", LOOPBACK,
                "172.16.0.0/12", PRIVATE,
                "192.0.0.0/24", RESERVED,
                "192.0.2.0/24", RESERVED,
                "192.88.99.0/24", RESERVED,
                "192.168.0.0/16", PRIVATE,
                "198.18.0.0/15", RESERVED,
                "198.51.100.0/24", RESERVED,
                "203.0.113.0/24", RESERVED,
                "224.0.0.0/4", MULTICAST,
                "240.0.0.0/4", RESERVED,
                "::", "the address of this host",
                "::1", LOOPBACK,
                "fc00::/7", PRIVATE,
                "fec0::/10", PRIVATE,
                "ff00::/8", MULTICAST,
                "2001::/23", RESERVED,
                "2001:db8::/32", RESERVED,
                "3fff::/20", RESERVED);
    }
}
