package io.limpid.format;

/**
 * How many bytes the records of a database may have together: no more than the database itself has, for in a sound one no two records share
 * a byte.
 *
 * <p>It bounds what a small file can be made to yield whose records all lead to the same bytes, and the work of it: whatever an index has, each
 * of its items is a step, which costs some bytes too.
 */
public final class RecordBudget {
    /** Less than an item of an index and the smallest record of its have together. */
    private static final int STEP_BYTES = 16;

    private long left;
    private boolean spent;

    /** A budget of so many bytes. */
    public RecordBudget(long bytes) {
        this.left = bytes;
    }

    /**
     * Takes what an item of an index costs, before anything is done about it.
     *
     * @throws DamagedException when there is not so much left
     */
    public void step() throws DamagedException {
        spend(STEP_BYTES);
    }

    /**
     * Takes the bytes of the record that the step led to.
     *
     * @throws DamagedException when there are not so many left
     */
    public void take(long bytes) throws DamagedException {
        spend(Math.max(0, bytes - STEP_BYTES));
    }

    private void spend(long bytes) throws DamagedException {
        if (bytes > left) {
            spent = true;
            left = 0;
            throw new DamagedException("its records have more bytes than the whole file");
        }
        left -= bytes;
    }

    /** Whether more was wanted than there was. */
    public boolean isSpent() {
        return spent;
    }
}
