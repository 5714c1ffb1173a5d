package io.limpid.server.store;

/** Who is told what is asked of the database, in the words of Clair's metrics. */
public interface StoreWatch {
    /** Nobody. */
    StoreWatch NOBODY = new StoreWatch() {
        @Override
        public void asked(Question question, long nanos) {}

        @Override
        public void failed(Question question) {}

        @Override
        public void remembered(String object, boolean isHit) {}

        @Override
        public void locking(int more) {}
    };

    /**
     * What is asked.
     *
     * @param part of it, {@code all} for the whole
     */
    record Question(String name, String part) {
        /** A whole one. */
        public static Question of(String name) {
            return new Question(name, "all");
        }
    }

    /** Something was asked, and took so long, answered or not. */
    void asked(Question question, long nanos);

    /** Something was asked that the database could not answer. */
    void failed(Question question);

    /** The id of a row was looked for in memory. */
    void remembered(String object, boolean isHit);

    /** Transactions began to wait for the lock of features, or gave it back. */
    void locking(int more);
}
