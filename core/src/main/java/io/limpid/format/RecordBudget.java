package io.limpid.format;

/**
 * How many bytes the records of a database may have together: no more than the database itself has, for in a sound one no two records share
 * a byte.
 *
 * <p>It bounds what a small file can be made to yield whose records all lead to the same bytes.
 */
public final class RecordBudget {
    private long left;
    private boolean spent;

    /** A budget of so many bytes. */
    public RecordBudget(long bytes) {
        this.left = bytes;
    }

    /**
     * Takes the bytes of one more record.
     *
     * @throws DamagedException when there are not so many left
     */
    public void take(long bytes) throws DamagedException {
        if (bytes < 0 || bytes > left) {
            spent = true;
            throw new DamagedException("its records have more bytes than the whole file");
        }
        left -= bytes;
    }

    /** Whether more was wanted than there was. */
    public boolean isSpent() {
        return spent;
    }
}
