package io.limpid.server.failpoint;

import org.jspecify.annotations.Nullable;

/**
 * A named point of the server at which a test can end the process, as a loss of power would.
 *
 * <p>What is done there is read once from the system property {@value #PROPERTY}. Without it nothing is: the compiler removes the call. It is one of
 *
 * <ul>
 *   <li>{@code count:FILE}: each hit appends its name to the file, a line each, at once
 *   <li>{@code kill:N}: the N-th hit of all points together ends the process with code 137; nothing else runs, as after {@code kill -9}
 *   <li>{@code kill:NAME:N}: so does the N-th hit of the point of this name
 * </ul>
 *
 * <p>Anything else is an error when the first point is hit, which is at the start.
 */
public enum Failpoint {
    /** The configuration is read, and nothing else was done. */
    SERVER_BEGUN,
    /** PostgreSQL answers. */
    DATABASE_FOUND,
    /** This server migrates, and no other does. */
    MIGRATION_LOCKED,
    /** A step of the schema begins. */
    MIGRATION_STEP_BEGUN,
    /** A step of the schema is made, and not committed. */
    MIGRATION_STEP_MADE,
    /** The schema is of this version. */
    MIGRATED,
    /** Connections are kept. */
    DATABASE_OPENED,
    /** Receivers are told from now on. */
    NOTIFIER_STARTED,
    /** The API answers. */
    PORTS_OPENED,
    /** Any transaction of the server: all of it is done, and not committed. */
    TRANSACTION_DONE,
    /** Any transaction of the server: it is committed. */
    TRANSACTION_COMMITTED,
    /** A layer has its turn. */
    LAYER_CLAIMED,
    /** The first byte of a layer is asked for. */
    FETCH_BEGUN,
    /** The layer is read to its end. */
    FETCH_ENDED,
    /** What the layer contains is known. */
    FACTS_READ,
    /** The layer is in the database, and not committed. */
    LAYER_INSERTED,
    /** The layer is committed. */
    LAYER_STORED,
    /** The vulnerability is in the database, and not committed. */
    VULNERABILITY_INSERTED,
    /** The vulnerability is committed. */
    VULNERABILITY_STORED,
    /** The vulnerability is deleted, and that is not committed. */
    VULNERABILITY_DELETED,
    /** That it is deleted is committed. */
    VULNERABILITY_GONE,
    /** The notifications of a change are in the database, and not committed. */
    NOTIFICATIONS_MADE,
    /** The notification is marked as deleted, and that is not committed. */
    NOTIFICATION_DELETED,
    /** That the notification is deleted is committed. */
    NOTIFICATION_GONE,
    /** The answer of the API is known, and nothing of it is sent. */
    ANSWER_MADE,
    /** A notification is this server's to tell. */
    NOTIFICATION_CLAIMED,
    /** The webhook is asked next. */
    WEBHOOK_BEGUN,
    /** The webhook took the notification. */
    WEBHOOK_TOLD,
    /** It is written down that the webhook did. */
    NOTIFICATION_NOTED,
    /** A lease is this server's. */
    LEASE_ACQUIRED,
    /** A lease is held for longer. */
    LEASE_RENEWED,
    /** A lease is given back. */
    LEASE_RELEASED,
    /** A single value is set, and committed. */
    VALUE_PUT,
    /** The server was told to stop. */
    STOP_BEGUN,
    /** The API answers nobody any more. */
    API_STOPPED,
    /** No layer is read any more. */
    WORKER_STOPPED,
    /** No receiver is told any more. */
    NOTIFIER_STOPPED,
    /** The connections are closed. */
    DATABASE_CLOSED,
    /** A part's lock is taken. */
    FEED_LOCKED,
    /** What killed updates of a part left is removed. */
    FEED_SWEPT,
    /** A document of a part is there or is not to be had. */
    FEED_FETCHED,
    /** A thousand more advisories of a part were read. */
    FEED_READING,
    /** All documents of a part are read. */
    FEED_READ,
    /** A part's new file is written. */
    FEED_WRITTEN,
    /** A part's new file was read whole and compared with the current one. */
    FEED_VERIFIED,
    /** A part's current file is also its previous one. */
    FEED_KEPT,
    /** A part's new file is current. */
    FEED_SWITCHED,
    /** It is written down that it is. */
    FEED_NOTED;

    /** The system property that says what is done at the points. */
    public static final String PROPERTY = "limpid.failpoints";

    private static final @Nullable Plan PLAN = Plan.of(System.getProperty(PROPERTY));

    /** Comes here; in production nothing happens. */
    public void hit() {
        if (PLAN != null) {
            PLAN.reached(this);
        }
    }
}
