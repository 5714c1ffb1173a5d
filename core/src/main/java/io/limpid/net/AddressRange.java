package io.limpid.net;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that begin with the same bits, written {@code 10.0.0.0/8} (RFC 4632, RFC 4291).
 *
 * @param network one of the addresses
 * @param bits how many bits they share
 */
record AddressRange(InetAddress network, int bits) {
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;
    /** How far into an IPv6 address an IPv4 address begins that stands at its end. */
    private static final int MAPPED_BITS = IPV6_BITS - IPV4_BITS;

    private static final AddressRange NAT64 = of("64:ff9b::/96");
    private static final AddressRange COMPATIBLE = of("::/96");
    private static final AddressRange TRANSLATED = of("::ffff:0:0:0/96");
    private static final AddressRange SIX_TO_FOUR = of("2002::/16");

    AddressRange {
        if (bits < 0 || bits > Byte.SIZE * network.getAddress().length) {
            throw new IllegalArgumentException(network.getHostAddress() + " has no " + bits + " bits");
        }
    }

    /**
     * Reads an address range, or a single address.
     *
     * @throws IllegalArgumentException when {@code text} is neither
     */
    static AddressRange of(String text) {
        AddressRange range = parse(text);
        if (range == null) {
            throw new IllegalArgumentException("no address range: " + text);
        }
        return range;
    }

    /** Reads an address range or a single address; null when {@code text} is neither. */
    static @Nullable AddressRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = address(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return null;
        }
        int all = Byte.SIZE * address.getAddress().length;
        if (slash < 0) {
            return new AddressRange(address, all);
        }
        String length = text.substring(slash + 1);
        if (length.isEmpty() || length.length() > 3 || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        int bits = Integer.parseInt(length);
        // An IPv4 address that was written as an IPv6 one is an IPv4 address to Java.
        if (all == IPV4_BITS && text.indexOf(':') >= 0) {
            bits -= MAPPED_BITS;
        }
        return bits < 0 || bits > all ? null : new AddressRange(address, bits);
    }

    /** The address that a text writes in the usual way (four decimal numbers, or IPv6 without a zone); null when it is a name. */
    static @Nullable InetAddress address(String text) {
        boolean ipv6 = text.indexOf(':') >= 0;
        if (text.indexOf('%') >= 0 || text.indexOf('[') >= 0 || (!ipv6 && !isDotted(text))) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static boolean isDotted(String text) {
        return text.chars().filter(c -> c == '.').count() == 3
                && text.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }

    boolean contains(InetAddress address) {
        byte[] ours = network.getAddress();
        byte[] theirs = address.getAddress();
        int whole = bits / Byte.SIZE;
        if (ours.length != theirs.length || !Arrays.equals(ours, 0, whole, theirs, 0, whole)) {
            return false;
        }
        int rest = bits % Byte.SIZE;
        return rest == 0 || ((ours[whole] ^ theirs[whole]) & 0xff) >>> (Byte.SIZE - rest) == 0;
    }

    /**
     * The IPv4 address that a translator or tunnel would really send to; null when the address stands for itself.
     *
     * <p>NAT64 (RFC 6052), IPv4-compatible and IPv4-translated addresses have it at their end, 6to4 (RFC 3056) after its prefix. IPv4-mapped
     * addresses are IPv4 addresses to Java before they come here.
     */
    static @Nullable InetAddress embedded(InetAddress address) {
        if (!(address instanceof Inet6Address) || address.isLoopbackAddress() || address.isAnyLocalAddress()) {
            return null;
        }
        int from = MAPPED_BITS / Byte.SIZE;
        if (SIX_TO_FOUR.contains(address)) {
            from = SIX_TO_FOUR.bits / Byte.SIZE;
        } else if (!NAT64.contains(address) && !COMPATIBLE.contains(address) && !TRANSLATED.contains(address)) {
            return null;
        }
        byte[] bytes = Arrays.copyOfRange(address.getAddress(), from, from + IPV4_BITS / Byte.SIZE);
        return ipv4(bytes);
    }

    private static InetAddress ipv4(byte[] bytes) {
        try {
            return Inet4Address.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an IPv4 address", e);
        }
    }
}
