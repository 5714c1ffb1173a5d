package io.limpid.server.notify;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.net.Deadlines;
import io.limpid.net.NetSettings;
import io.limpid.net.OutboundClient;
import io.limpid.net.TlsFiles;
import io.limpid.net.WebRequest;
import io.limpid.net.WebResponse;
import io.limpid.server.failpoint.Failpoint;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A receiver that is posted to, as Clair does it: {@code {"Notification":{"Name":"..."}}}, taken with 200 or 201 and nothing else.
 *
 * <p>What it answers besides is not read.
 */
public final class Webhook implements NotificationSender {
    private static final int OK = 200;
    private static final int CREATED = 201;
    /** How long the original's client waits. */
    private static final Duration WHOLE = Duration.ofSeconds(5);
    /** Of an answer that nobody reads. */
    private static final long ANSWER_BYTES = 1 << 16;

    private final OutboundClient client;
    private final URI endpoint;

    /**
     * Posts to a URL.
     *
     * @param tls whom the receiver is believed and what it is shown, null for what the Java platform believes and nothing
     */
    public Webhook(URI endpoint, @Nullable TlsFiles tls, NetSettings settings) {
        this.endpoint = endpoint;
        NetSettings patient = settings.withDeadlines(new Deadlines(WHOLE, WHOLE, WHOLE, WHOLE));
        this.client = tls == null ? new OutboundClient(patient) : OutboundClient.withTls(tls, patient);
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public void send(String notification) throws IOException, InterruptedException {
        String body = "{\"Notification\":{\"Name\":\"" + notification + "\"}}";
        Failpoint.WEBHOOK_BEGUN.hit();
        try (WebResponse answer = client.exchange(WebRequest.post(endpoint, "application/json", body, ANSWER_BYTES))) {
            Failpoint.WEBHOOK_ANSWERED.hit();
            if (answer.status() != OK && answer.status() != CREATED) {
                throw new LimpidException(
                        ErrorCode.NETWORK,
                        "cannot tell the webhook of a notification",
                        "it answers " + answer.status(),
                        "only 200 and 201 say that it is taken");
            }
            answer.discard();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
