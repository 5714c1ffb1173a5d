package io.limpid.cli;

import io.limpid.cli.push.ClairClient;
import io.limpid.cli.push.ClairReport;
import io.limpid.cli.push.LayerServer;
import io.limpid.cli.push.LayerStore;
import io.limpid.cli.push.PushedLayer;
import io.limpid.cli.push.Reach;
import io.limpid.cli.push.WriteToken;
import io.limpid.format.Nearest;
import io.limpid.format.json.JsonException;
import io.limpid.image.Image;
import io.limpid.image.ImageSources;
import io.limpid.image.RegistrySource;
import io.limpid.model.ClairSeverity;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.net.Deadlines;
import io.limpid.net.NetSettings;
import io.limpid.net.OutboundClient;
import io.limpid.net.Retries;
import io.limpid.scan.ScanRequest;
import io.limpid.scan.Targets;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/**
 * A push as the options of its command say.
 *
 * @param image which image
 * @param endpoint the server
 * @param token what it may want to see
 * @param mine by which address it reaches this machine, null for that of the route to it
 * @param port where layers are served, null for the usual one
 * @param allow who may fetch them besides the server
 * @param least what is less severe is left out
 * @param failOn what makes it fail, null for nothing
 * @param color whether in colours
 * @param scanning where images come from
 */
record Pushing(
        String image,
        URI endpoint,
        WriteToken token,
        @Nullable String mine,
        @Nullable Integer port,
        List<String> allow,
        ClairSeverity least,
        @Nullable ClairSeverity failOn,
        boolean color,
        Scanning scanning) {
    private static final String USUAL_ENDPOINT = "http://127.0.0.1:6060";
    private static final int LAST_PORT = 65535;
    /** An answer comes when a layer is analysed, which Clair by default gives a quarter of an hour. */
    private static final Deadlines DEADLINES = new Deadlines(
            Deadlines.DEFAULT.connect(), Duration.ofMinutes(20), Duration.ofMinutes(1), Duration.ofMinutes(30));
    /** A server that has too much to do is waited for some minutes. */
    private static final Retries RETRIES =
            new Retries(12, Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofMinutes(2));

    Pushing {
        allow = List.copyOf(allow);
    }

    static Pushing of(ParseResult arguments, Console console) throws LimpidException {
        List<String> images = Usage.words(arguments);
        if (images.size() != 1) {
            throw UsageError.at(arguments, images.isEmpty() ? "no IMAGE is given" : "more than one IMAGE is given");
        }
        String port = arguments.matchedOptionValue(PushCommand.PORT, null);
        ClairSeverity least = severity(arguments, PushCommand.MINIMUM);
        URI endpoint = endpoint(arguments);
        return new Pushing(
                images.getFirst(),
                endpoint,
                token(arguments, endpoint, console),
                arguments.matchedOptionValue(PushCommand.MY_ADDRESS, null),
                port == null ? null : port(arguments, port),
                arguments.matchedOptionValue(PushCommand.ALLOW, List.of()),
                least == null ? ClairSeverity.NEGLIGIBLE : least,
                severity(arguments, PushCommand.FAIL_ON),
                Appearance.of(arguments, console).colour(),
                Scanning.of(arguments, console));
    }

    private static URI endpoint(ParseResult arguments) {
        String text = arguments.matchedOptionValue(PushCommand.ENDPOINT, USUAL_ENDPOINT);
        try {
            URI url = new URI(text);
            boolean web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (web && url.getHost() != null && url.getRawQuery() == null && url.getRawFragment() == null) {
                return url;
            }
        } catch (URISyntaxException _) {
            // Told below.
        }
        throw UsageError.at(arguments, "--endpoint: this is no URL of a server, as in http://clair:6060: " + text);
    }

    private static WriteToken token(ParseResult arguments, URI endpoint, Console console) throws LimpidException {
        String file = arguments.matchedOptionValue(WriteToken.OPTION, null);
        if (file == null) {
            return WriteToken.of(endpoint, null, console.environment());
        }
        if (endpoint.getRawUserInfo() != null) {
            throw UsageError.at(arguments, "--token-file and a login in --endpoint: one of them is shown, not both");
        }
        return WriteToken.of(endpoint, path(arguments, file), console.environment());
    }

    private static Path path(ParseResult arguments, String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw UsageError.at(arguments, "--token-file: this is no name of a file: " + e.getReason());
        }
    }

    private static int port(ParseResult arguments, String text) {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port <= LAST_PORT) {
                return port;
            }
        } catch (NumberFormatException _) {
            // Told below.
        }
        throw UsageError.at(arguments, "--port: this is no port: " + text);
    }

    private static @Nullable ClairSeverity severity(ParseResult arguments, String option) {
        String word = arguments.matchedOptionValue(option, null);
        return word == null
                ? null
                : ClairSeverity.of(word)
                        .orElseThrow(() ->
                                UsageError.at(arguments, Nearest.unknown("severity", word, ClairSeverity.texts())));
    }

    /** Pushes, and prints what the server says. */
    int run(Console console) throws IOException, InterruptedException {
        // What is wrong with the command line is told before a large image is read.
        Reach reach = Reach.of(endpoint, mine, allow);
        ClairClient.expect(endpoint);
        ClairReport report = report(console, reach);
        console.print(report.text(image, Instant.now(), least, color));
        if (failOn == null) {
            return ExitCode.FINE;
        }
        if (report.features() == 0) {
            return ExitCode.UNKNOWN;
        }
        return report.vulnerabilities().stream().anyMatch(found -> found.isAtLeast(failOn))
                ? ExitCode.GATE_FAILED
                : ExitCode.FINE;
    }

    private ClairReport report(Console console, Reach reach) throws IOException, InterruptedException {
        try (Progress progress = Progress.of(console, false);
                AdvisoryAccess access =
                        new AdvisoryAccess(scanning.advisories(), scanning.limits(), console.environment(), progress);
                LayerStore store = new LayerStore(scanning.limits())) {
            progress.phase("reading " + image);
            RegistryReach registries = new RegistryReach(
                    scanning.registries(),
                    access,
                    scanning.advisories().offline(),
                    console.environment(),
                    scanning.limits(),
                    progress);
            Targets targets = new Targets(ImageSources.with(new RegistrySource(registries)), scanning.limits());
            ScanRequest request = new ScanRequest(image, scanning.image(), scanning.platform(), false, console.stdin());
            try (Image opened = targets.image(request, store)) {
                List<PushedLayer> layers = PushedLayer.of(opened, store);
                if (layers.isEmpty()) {
                    throw new LimpidException(
                            ErrorCode.BROKEN_IMAGE, image + " cannot be pushed", "it has no layers", null);
                }
                return push(layers, reach, console, progress);
            }
        }
    }

    private ClairReport push(List<PushedLayer> layers, Reach reach, Console console, Progress progress)
            throws IOException, InterruptedException {
        NetSettings environment = NetSettings.fromEnvironment(console.environment(), ProductVersion.number());
        NetSettings settings = environment.withDeadlines(DEADLINES).withRetries(RETRIES);
        if (scanning.advisories().caFile() != null) {
            settings = settings.withCaFile(scanning.advisories().caFile());
        }
        try (OutboundClient outbound = new OutboundClient(settings);
                LayerServer server = LayerServer.start(layers, reach, port, scanning.limits())) {
            ClairClient clair = new ClairClient(outbound, endpoint, token, scanning.limits());
            String parent = null;
            for (PushedLayer layer : layers) {
                progress.phase("analysing layer " + layer.name());
                try {
                    clair.post(layer.name(), parent, server.url(layer));
                } catch (LimpidException e) {
                    throw told(e, server);
                }
                IOException failure = server.failure();
                if (failure != null) {
                    throw failure;
                }
                parent = layer.name();
            }
            progress.phase("fetching the result");
            return ClairReport.of(clair.vulnerabilities(layers.getLast().name()));
        } catch (JsonException e) {
            throw ClairClient.notClair(endpoint, e);
        }
    }

    /** What went wrong here is told instead of what the server made of it. */
    private static LimpidException told(LimpidException failure, LayerServer server) {
        if (server.failure() instanceof LimpidException ours) {
            return ours;
        }
        if (server.refused().isEmpty()) {
            return failure;
        }
        String who = String.join(" and ", server.refused());
        return new LimpidException(
                failure.code(),
                failure.what(),
                failure.reason() + "; layers were asked for from " + who + ", which is no address of the server",
                "if that is the server, add --allow " + String.join(" --allow ", server.refused()));
    }
}
