package io.limpid.server.notify;

import io.limpid.model.LimpidException;
import java.io.IOException;

/**
 * A way to tell a receiver of a notification.
 *
 * <p>The receiver is told its name only, and asks for the rest. It may be told of one more than once: always by the same name.
 */
public interface NotificationSender extends AutoCloseable {

    /** What it is called in metrics and the log: {@code webhook}. */
    String name();

    /**
     * Tells the receiver; done when that has taken it.
     *
     * @throws LimpidException when the receiver cannot be reached, does not answer in time, or does not take it
     */
    void send(String notification) throws IOException, InterruptedException;

    @Override
    void close();
}
