package io.limpid.server;

import io.limpid.net.NetSettings;
import io.limpid.net.ProxyRules;
import io.limpid.net.TlsFiles;
import io.limpid.server.config.NotifierSettings;
import io.limpid.server.metrics.Metrics;
import io.limpid.server.notify.Notifier;
import io.limpid.server.notify.Webhook;
import io.limpid.server.store.NotificationStore;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who is told of notifications, as the configuration says it. */
final class Notifiers {
    /** Enough that one slow answer keeps no others waiting, and few enough for a receiver that is small. */
    private static final int PARALLEL = 4;

    private Notifiers() {}

    static Notifier start(NotifierSettings settings, NotificationStore store, String version, Metrics metrics) {
        URI proxy = settings.proxy();
        NetSettings net = NetSettings.fromEnvironment(System.getenv(), version);
        Webhook webhook = new Webhook(
                settings.endpoint(),
                tls(settings),
                proxy == null ? net : net.withProxies(ProxyRules.of(proxy.toString(), "notifier.http.proxy")));
        return Notifier.start(
                store,
                webhook,
                new Notifier.Settings(
                        Math.max(1, settings.attempts()),
                        settings.renotify(),
                        settings.check(),
                        settings.claim(),
                        PARALLEL),
                // Of several servers on one machine, and of one that was started again, each is another.
                ProcessHandle.current().pid() + "-" + UUID.randomUUID(),
                metrics);
    }

    private static @Nullable TlsFiles tls(NotifierSettings settings) {
        boolean isUsual =
                settings.authorities() == null && settings.certificate() == null && settings.serverName() == null;
        return isUsual
                ? null
                : new TlsFiles(
                        settings.authorities(),
                        settings.certificate(),
                        settings.key(),
                        settings.serverName(),
                        /* verified= */ true);
    }
}
