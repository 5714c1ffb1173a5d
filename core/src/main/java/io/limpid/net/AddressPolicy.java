package io.limpid.net;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Says which addresses may be dialled.
 *
 * <p>It is asked about every address that a name has, before the first of them is dialled, and again for each redirect; what is dialled is
 * exactly what was asked about. Behind a proxy only the proxy is dialled: it is the operator's own, so that only link-local and metadata
 * addresses are refused for it, while a target written as an address is still asked about.
 */
public interface AddressPolicy {

    /** Refuses link-local addresses and those at which clouds hand out credentials; the rest, loopback and private networks, is allowed. */
    AddressPolicy ALL_BUT_METADATA = StandardAddressPolicy.ALL_BUT_METADATA;

    /** Refuses whatever is not reached over the public internet: also loopback, private and shared networks, multicast, reserved ranges. */
    AddressPolicy PUBLIC_ONLY = StandardAddressPolicy.PUBLIC_ONLY;

    /** Why an address may not be dialled, as what it is ({@code "a private address"}); null when it may. */
    @Nullable
    String refusal(InetAddress address);
}
