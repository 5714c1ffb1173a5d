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
    /** The schema is there, with none of the steps that are missing. */
    MIGRATION_SCHEMA,
    /** A step of the schema begins: those before it are committed. */
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
    /** All of a transaction is done, whichever, and nothing is committed. */
    TRANSACTION_DONE,
    /** A transaction is committed, whichever. */
    TRANSACTION_COMMITTED,
    /** A layer has its turn. */
    LAYER_CLAIMED,
    /** A layer is asked for next. */
    FETCH_BEGUN,
    /** Somebody sends a layer. */
    FETCH_OPENED,
    /** A layer came to its end. */
    FETCH_ENDED,
    /** What a layer contains is known. */
    FACTS_READ,
    /** A layer is in the transaction, and what it contains is not. */
    LAYER_MADE,
    /** A layer is stored and remembered. */
    LAYER_STORED,
    /** A layer is deleted. */
    LAYER_GONE,
    /** A vulnerability is in the transaction, and what it affects is not. */
    VULNERABILITY_MADE,
    /** A vulnerability is stored and remembered. */
    VULNERABILITY_STORED,
    /** A vulnerability is deleted in the transaction, and the notification of that is not in it. */
    VULNERABILITY_DELETED,
    /** A vulnerability is deleted. */
    VULNERABILITY_GONE,
    /** The notifications of changes are in the transaction too. */
    NOTIFICATIONS_MADE,
    /** A notification is deleted. */
    NOTIFICATION_GONE,
    /** The answer to a change is known, and nothing of it is sent. */
    ANSWER_MADE,
    /** A notification is this server's to tell. */
    NOTIFICATION_CLAIMED,
    /** The webhook is asked next. */
    WEBHOOK_BEGUN,
    /** The webhook has the notification, and what it says to that is not looked at. */
    WEBHOOK_ANSWERED,
    /** The webhook took the notification, and that is noted nowhere. */
    WEBHOOK_TOLD,
    /** It is noted what became of a notification. */
    NOTIFICATION_NOTED,
    /** A lease is this server's. */
    LEASE_ACQUIRED,
    /** A lease is held for longer. */
    LEASE_RENEWED,
    /** A lease is given back. */
    LEASE_RELEASED,
    /** A single value is set, and committed. */
    VALUE_PUT,
    /** What an updater says is in tables of its session, and nothing is compared with it. */
    GENERATION_WRITTEN,
    /** What differs in one namespace is in the transaction. */
    GENERATION_MADE,
    /** One namespace is as the updater says. */
    GENERATION_SWITCHED,
    /** How the updater ended is in the transaction. */
    GENERATION_REMARKED,
    /** All namespaces are as the updater says, and that is written down. */
    GENERATION_NOTED,
    /** The server was told to stop. */
    STOP_BEGUN,
    /** Nothing is updated any more. */
    UPDATER_STOPPED,
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
