package io.limpid.format.tar;

import io.limpid.model.Limits;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * What a reader makes of an archive, in a form in which two readers can be compared.
 *
 * @param items the entries in order
 * @param end {@code "end"}, or what kind of error came after the entries
 */
record Listing(List<Item> items, String end) {
    /** Contents beyond this size are not compared. */
    static final int MAX_CONTENT = 128 << 20;

    static final String END = "end";
    static final String CUT = "cut";
    static final String BROKEN = "broken";

    /** An entry; {@code sha256} is empty where there is no content, or more than is compared. */
    record Item(String name, TarEntry.Kind kind, long size, String link, String sha256) {}

    /** What {@link TarReader} makes of it. */
    static Listing ours(byte[] archive, int window) {
        return ours(new ByteArrayInputStream(archive), window, MAX_CONTENT);
    }

    static Listing ours(InputStream archive, int window, int maxContent) {
        List<Item> items = new ArrayList<>();
        try {
            TarReader reader = new TarReader(archive, Limits.DEFAULT, window);
            for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
                items.add(item(entry, reader, maxContent));
            }
            return new Listing(items, END);
        } catch (EOFException _) {
            return new Listing(items, CUT);
        } catch (IOException _) {
            return new Listing(items, BROKEN);
        }
    }

    private static Item item(TarEntry entry, TarReader reader, int maxContent) throws IOException {
        boolean isRead = entry.kind() == TarEntry.Kind.FILE && entry.size() <= maxContent;
        String sha256 = isRead ? sha256(reader.readContent(maxContent)) : "";
        return new Item(bare(entry.name(), entry.kind()), entry.kind(), entry.size(), entry.linkName(), sha256);
    }

    /** What commons-compress makes of it. */
    static Listing commons(byte[] archive) {
        List<Item> items = new ArrayList<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(archive), "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                items.add(item(entry, tar));
            }
            return new Listing(items, END);
        } catch (IOException | IllegalArgumentException _) {
            return new Listing(items, BROKEN);
        }
    }

    private static Item item(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
        TarEntry.Kind kind = kind(entry);
        long size = entry.getRealSize();
        boolean isRead = kind == TarEntry.Kind.FILE && size <= MAX_CONTENT;
        String sha256 = isRead ? sha256(tar.readAllBytes()) : "";
        boolean isLink = entry.isLink() || entry.isSymbolicLink();
        // Types without content may have a size in their header, which only this reader repeats.
        boolean hasSize = kind == TarEntry.Kind.FILE || (kind == TarEntry.Kind.OTHER && !isDevice(entry));
        return new Item(
                bare(entry.getName(), kind), kind, hasSize ? size : 0, isLink ? entry.getLinkName() : "", sha256);
    }

    private static TarEntry.Kind kind(TarArchiveEntry entry) {
        return switch (entry.getLinkFlag()) {
            case '1' -> TarEntry.Kind.HARD_LINK;
            case '2' -> TarEntry.Kind.SYMBOLIC_LINK;
            case '5' -> TarEntry.Kind.DIRECTORY;
            case 0 -> entry.isDirectory() ? TarEntry.Kind.DIRECTORY : TarEntry.Kind.FILE;
            case '0', '7', 'S' -> TarEntry.Kind.FILE;
            default -> TarEntry.Kind.OTHER;
        };
    }

    private static boolean isDevice(TarArchiveEntry entry) {
        return entry.isBlockDevice() || entry.isCharacterDevice() || entry.isFIFO();
    }

    /** Some readers put a slash after a folder's name, whatever the archive says. */
    private static String bare(String name, TarEntry.Kind kind) {
        return kind == TarEntry.Kind.DIRECTORY && name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
