package io.limpid.cli;

import io.limpid.image.registry.DockerConfig;
import io.limpid.image.registry.RegistryAccess;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.net.TransferProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Supplier;

/** Puts together how registries are reached, when the first one is: a scan of an archive needs nothing of it. */
final class RegistryReach implements Supplier<RegistryAccess> {
    private final RegistryOptions options;
    private final AdvisoryAccess network;
    private final boolean offline;
    private final Map<String, String> environment;
    private final Limits limits;
    private final TransferProgress progress;

    /**
     * @param network has the client that everything is fetched with
     * @param offline whether the network is not to be used
     * @param progress hears how far layers have come
     */
    RegistryReach(
            RegistryOptions options,
            AdvisoryAccess network,
            boolean offline,
            Map<String, String> environment,
            Limits limits,
            TransferProgress progress) {
        this.options = options;
        this.network = network;
        this.offline = offline;
        this.environment = environment;
        this.limits = limits;
        this.progress = progress;
    }

    @Override
    public RegistryAccess get() {
        try {
            return Parts.of(this);
        } catch (IllegalArgumentException e) {
            throw new UncheckedIOException(
                    new LimpidException(ErrorCode.USAGE, "a setting makes no sense", e.getMessage(), null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The parts, apart: whoever makes a {@link RegistryReach} needs none of their classes. */
    private static final class Parts {
        private Parts() {}

        static RegistryAccess of(RegistryReach reach) throws IOException {
            return new RegistryAccess(
                    reach.network.client(),
                    DockerConfig.ofEnvironment(
                            reach.environment, new CredentialPrograms(reach.environment), reach.limits),
                    reach.options.plainHttp(),
                    reach.options.parsed(),
                    reach.offline,
                    reach.progress);
        }
    }
}
