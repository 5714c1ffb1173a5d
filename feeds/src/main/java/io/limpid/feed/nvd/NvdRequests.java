package io.limpid.feed.nvd;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.net.DownloadRequest;
import io.limpid.net.Headers;
import io.limpid.net.Pace;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes requests as NVD's API wants them: it counts them, and knows those who have a key. */
public final class NvdRequests {
    private final Map<String, String> environment;
    private @Nullable Pace pace;

    /**
     * Requests of one process.
     *
     * @param environment that may have a key
     */
    public NvdRequests(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * A request to the API with the key, when its turn has come; any other request as it is.
     *
     * @throws LimpidException when the key is none
     */
    public DownloadRequest asked(DownloadRequest request) throws LimpidException, InterruptedException {
        if (!NvdApi.isAt(request.url())) {
            return request;
        }
        String key = environment.getOrDefault(NvdApi.KEY_VARIABLE, "").strip();
        pace(!key.isEmpty()).await();
        if (key.isEmpty()) {
            return request;
        }
        if (!Headers.isValue(key)) {
            throw new LimpidException(
                    ErrorCode.USAGE,
                    "cannot use the key in " + NvdApi.KEY_VARIABLE,
                    "it has characters that no key has",
                    "set it to the key as NVD has sent it, or unset it");
        }
        return request.with(NvdApi.KEY_FIELD, key);
    }

    private synchronized Pace pace(boolean key) {
        Pace known = pace;
        if (known == null) {
            known = new Pace(NvdApi.requests(key), NvdApi.COUNTED);
            pace = known;
        }
        return known;
    }
}
