import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What it costs to walk every tar header of every layer of an uncompressed image archive in plain Java: {@code HeaderWalk ARCHIVE}.
 *
 * <p>It reads positional windows, skips contents, looks at no name and believes what it reads: no scan that must see every header can be
 * faster. It is a floor, not a reader.
 */
public class HeaderWalk {
    private static final int BLOCK = 512;
    private static final int WINDOW = 1 << 12;

    private final FileChannel channel;
    private final ByteBuffer window = ByteBuffer.allocateDirect(WINDOW);
    private long windowAt = -WINDOW;
    private int layers;
    private int headers;

    private HeaderWalk(FileChannel channel) {
        this.channel = channel;
    }

    public static void main(String[] arguments) throws IOException {
        try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.READ)) {
            HeaderWalk walk = new HeaderWalk(channel);
            walk.archive();
            System.out.println(walk.headers + " headers in " + walk.layers + " layers");
        }
    }

    /** Walks the members of the archive, and those of each that is itself a tar. */
    private void archive() throws IOException {
        for (long at = 0, end = channel.size(); at + BLOCK <= end && isHeader(at); ) {
            long content = at + BLOCK;
            long size = size(at);
            if (size >= BLOCK && isHeader(content)) {
                layers++;
                layer(content, content + size);
            }
            at = content + padded(size);
        }
    }

    private void layer(long from, long end) throws IOException {
        for (long at = from; at + BLOCK <= end && isHeader(at); headers++) {
            at += BLOCK + padded(size(at));
        }
    }

    private static long padded(long size) {
        return size + BLOCK - 1 & -BLOCK;
    }

    /** Whether a block has the magic of a header. */
    private boolean isHeader(long at) throws IOException {
        int start = need(at);
        return window.getInt(start + 257) == 0x75737461;
    }

    /** The size field of a header, octal. */
    private long size(long at) throws IOException {
        int start = need(at) + 124;
        long size = 0;
        for (int i = start; i < start + 12; i++) {
            int digit = window.get(i) - '0';
            if (digit >= 0 && digit < 8) {
                size = size << 3 | digit;
            }
        }
        return size;
    }

    /** Makes a block be in the window: where it begins there. */
    private int need(long at) throws IOException {
        if (at < windowAt || at + BLOCK > windowAt + window.limit()) {
            window.clear();
            windowAt = at;
            if (channel.read(window, at) < BLOCK) {
                throw new EOFException("the archive ends at " + at);
            }
            window.flip();
        }
        return (int) (at - windowAt);
    }
}
