package io.limpid.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Iterator;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is held open: what is reached through it lies in it, whatever is put in the place of its name or of its parts meanwhile.
 *
 * <p>Links are never followed.
 */
public final class OpenFolder implements Closeable {
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private final Path path;
    private final SecureDirectoryStream<Path> stream;

    private OpenFolder(Path path, SecureDirectoryStream<Path> stream) {
        this.path = path;
        this.stream = stream;
    }

    /** Opens a folder by a path, in which links are followed. */
    @SuppressWarnings("StreamResourceLeak")
    public static OpenFolder of(Path path) throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(path);
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return new OpenFolder(path, secure);
        }
        stream.close();
        throw new IOException("this system cannot hold folders open");
    }

    /** Opens a folder in this one. */
    public OpenFolder folder(Path name) throws IOException {
        return new OpenFolder(path.resolve(name), stream.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS));
    }

    /**
     * Opens a file in this one.
     *
     * @param name what {@link #attributes} has told to be a regular file: to open another may wait for somebody, or do something
     */
    public SeekableByteChannel file(Path name) throws IOException {
        return stream.newByteChannel(name, READ);
    }

    /** The names in it, in no order; to be asked for once. */
    public Iterator<Path> names() {
        Iterator<Path> entries = stream.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public Path next() {
                return Objects.requireNonNull(entries.next().getFileName());
            }
        };
    }

    /** What something in it is; of a link the link itself. */
    public BasicFileAttributes attributes(Path name) throws IOException {
        return stream.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
    }

    /**
     * Where a link in it leads, as it is written.
     *
     * @param link what {@link #attributes} told of it
     * @throws IOException when something else has taken the place of the link or of a folder on the way to it
     */
    public String target(Path name, BasicFileAttributes link) throws IOException {
        // Links are read by their whole path only: afterwards that must still lead to this one.
        Path whole = path.resolve(name);
        String target = Files.readSymbolicLink(whole).toString();
        BasicFileAttributes now = Files.readAttributes(whole, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (link.fileKey() == null || !link.fileKey().equals(now.fileKey())) {
            throw new NoSuchFileException(whole.toString());
        }
        return target;
    }

    /**
     * The kind of file system that something in it is on, as the system calls it: {@code ext4}, {@code proc}; null where it does not tell, as
     * in a root that was changed.
     */
    public @Nullable String fileSystem(Path name) {
        try {
            return Files.getFileStore(path.resolve(name)).type();
        } catch (IOException _) {
            return null;
        }
    }

    /** The device of a file's file system; empty where there is no such thing. */
    public static String device(BasicFileAttributes attributes) {
        // "(dev=fe00,ino=12)"
        String key = String.valueOf(attributes.fileKey());
        int comma = key.indexOf(',');
        return comma < 0 ? "" : key.substring(0, comma);
    }

    /** What the folder itself is. */
    public BasicFileAttributes attributes() throws IOException {
        return stream.getFileAttributeView(BasicFileAttributeView.class).readAttributes();
    }

    /** The bytes of a name in it, also where the language of the process has no characters for them. */
    public byte[] bytes(Path name) {
        String text = name.toString();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return encoded(path.resolve(name).toUri().getRawPath());
            }
        }
        return text.getBytes(ISO_8859_1);
    }

    private static byte[] encoded(String path) {
        int end = path.endsWith("/") ? path.length() - 1 : path.length();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = path.lastIndexOf('/', end - 1) + 1; i < end; i++) {
            char c = path.charAt(i);
            if (c == '%') {
                bytes.write(Integer.parseInt(path, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
