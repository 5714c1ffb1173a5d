package io.limpid.cli;

import io.limpid.net.DownloadRequest;
import io.limpid.net.NetSettings;
import io.limpid.net.OutboundClient;
import io.limpid.net.TransferProgress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** A program that fetches one document, for {@link QuietNetworkTest}. */
final class FetchProcess {
    private FetchProcess() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        try (OutboundClient client = new OutboundClient(NetSettings.fromEnvironment(Map.of(), "test"))) {
            DownloadRequest request = new DownloadRequest(URI.create(args[0]), Path.of(args[1]), null, null, 100);
            System.out.println(client.download(request, TransferProgress.NONE));
        }
    }
}
