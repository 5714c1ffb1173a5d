package io.limpid.cli;

import io.limpid.format.Printable;
import io.limpid.net.TransferProgress;
import java.io.Closeable;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line on stderr that tells a watching person what is being done: painted at most ten times a second, erased at the end, never there where
 * nobody watches. All methods may be called from any thread and return at once.
 */
final class Progress implements TransferProgress, Closeable {
    private static final long PAUSE_MILLIS = 100;
    private static final String ERASE = "\r\u001b[K";
    private static final double MIB = 1 << 20;

    private record Transfer(long bytes, long total) {
        private boolean finished() {
            return bytes == total;
        }
    }

    private final Console console;
    private final Map<URI, Transfer> transfers = new LinkedHashMap<>();
    private String phase = "";
    private String painted = "";
    private @Nullable Thread painter;

    private Progress(Console console) {
        this.console = console;
    }

    /** A line for who watches stderr; none where nobody does, in a build server's log, on a terminal that cannot erase, or where quiet is asked for. */
    static Progress of(Console console, boolean quiet) {
        Progress progress = new Progress(console);
        String ci = console.environment().getOrDefault("CI", "");
        boolean watched = console.stderrTerminal()
                && (ci.isEmpty() || ci.equals("false"))
                && !"dumb".equals(console.environment().get("TERM"));
        if (watched && !quiet) {
            Thread painter =
                    Thread.ofPlatform().daemon().name("limpid-progress").unstarted(progress::keepPainting);
            progress.painter = painter;
            painter.start();
        }
        return progress;
    }

    /** Without a thread, for tests that paint when they want to. */
    static Progress still(Console console) {
        return new Progress(console);
    }

    /** Whether anything will be painted by itself. */
    synchronized boolean isPainting() {
        return painter != null;
    }

    /** Whether these words are on the terminal now. */
    synchronized boolean shows(String words) {
        return painted.contains(words);
    }

    /** Tells what is being done from now on: {@code reading layers}. */
    synchronized void phase(String words) {
        phase = words;
    }

    @Override
    public synchronized void at(URI url, long bytes, long total) {
        transfers.put(url, new Transfer(bytes, total));
    }

    /** Paints the line when it has changed. */
    synchronized void paint() {
        String line = line();
        if (!line.equals(painted)) {
            console.stderr().print(ERASE + line);
            console.stderr().flush();
            painted = line;
        }
    }

    /** Makes room for other words on the terminal; the line is painted anew below them. */
    synchronized void erase() {
        if (!painted.isEmpty()) {
            console.stderr().print(ERASE);
            console.stderr().flush();
            painted = "";
        }
    }

    /** Erases the line; nothing is painted afterwards. */
    @Override
    public synchronized void close() {
        if (painter != null) {
            painter.interrupt();
        }
        painter = null;
        phase = "";
        transfers.clear();
        paint();
    }

    private void keepPainting() {
        try {
            // A run that is over at once paints nothing.
            Thread.sleep(PAUSE_MILLIS);
            while (paintIfOpen()) {
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    private synchronized boolean paintIfOpen() {
        if (painter == null) {
            return false;
        }
        paint();
        return true;
    }

    private String line() {
        StringBuilder words = new StringBuilder(phase);
        long running =
                transfers.values().stream().filter(one -> !one.finished()).count();
        if (running > 0) {
            words.append(words.isEmpty() ? "" : ", ")
                    .append("fetching ")
                    .append(what(running))
                    .append(sizes());
        }
        String line = Printable.ascii(words.toString());
        int room = Math.max(0, Appearance.widthOfStderr(console) - 1);
        return line.length() <= room ? line : line.substring(0, room);
    }

    private String what(long running) {
        if (running > 1) {
            return running + " files";
        }
        String host = transfers.entrySet().stream()
                .filter(entry -> !entry.getValue().finished())
                .map(entry -> entry.getKey().getHost())
                .findFirst()
                .orElse(null);
        return host == null ? "a file" : "from " + host;
    }

    /** Of all transfers, also those that are finished: the numbers never go back. */
    private String sizes() {
        long bytes = transfers.values().stream().mapToLong(Transfer::bytes).sum();
        boolean known = transfers.values().stream().allMatch(one -> one.total >= 0);
        long total = transfers.values().stream().mapToLong(Transfer::total).sum();
        return ": " + mebibytes(bytes) + (known ? " of " + mebibytes(total) : "") + " MiB";
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / MIB);
    }
}
