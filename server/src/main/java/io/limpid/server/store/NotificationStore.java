package io.limpid.server.store;

import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.Notification;
import java.util.Optional;

/** The news of vulnerabilities: kept until a receiver has read and deleted them. */
@SuppressWarnings("DoNotCallSuggester")
public final class NotificationStore {

    /** A notification with one page of layers on each side. */
    public Optional<Notification> find(String name, int limit, Notification.Page page) throws ClairException {
        throw new UnsupportedOperationException();
    }

    /**
     * Marks a notification as read.
     *
     * @return whether it was known, deleted before or not
     */
    public boolean delete(String name) throws ClairException {
        throw new UnsupportedOperationException();
    }
}
