package io.limpid.image.registry;

import io.limpid.net.OutboundClient;
import io.limpid.net.TransferProgress;
import java.util.List;

/**
 * How registries are reached.
 *
 * @param client asks them
 * @param credentials knows what they are shown
 * @param plainHttp whether they are asked by HTTP, not HTTPS, where no mirror's URL says
 * @param mirrors who is asked before them, in this order
 * @param offline whether none is asked but one on this machine
 * @param progress hears how far layers have come
 */
public record RegistryAccess(
        OutboundClient client,
        CredentialSource credentials,
        boolean plainHttp,
        List<Mirror> mirrors,
        boolean offline,
        TransferProgress progress) {

    public RegistryAccess {
        mirrors = List.copyOf(mirrors);
    }
}
