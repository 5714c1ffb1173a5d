package io.limpid.snapshot;

import io.limpid.feed.FeedPart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The documents of a part that are kept as they were fetched, because only others change: an archive of hundreds of megabytes beside a list of what
 * is newer.
 *
 * <p>They are called by their digests, and are what those say, or are fetched again. What is in the folder and is named by nothing is removed.
 */
final class KeptDocuments {
    private static final int BUFFER = 1 << 16;

    private final Path folder;

    KeptDocuments(Path folder) {
        this.folder = folder;
    }

    /**
     * What is kept of a document of some revision.
     *
     * @param known what the current generation was made of
     * @return null when it has to be fetched
     */
    @Nullable
    FetchedDocument of(FeedPart.Document document, List<FetchedDocument> known) throws IOException {
        for (FetchedDocument before : known) {
            if (before.isSettled()
                    && before.name().equals(document.name())
                    && before.url().equals(document.url())
                    && Objects.equals(before.revision(), document.revision())) {
                return isWhole(before) ? before : null;
            }
        }
        return null;
    }

    /** The file of one that is kept. */
    Path file(FetchedDocument document) {
        return folder.resolve(name(document));
    }

    private static String name(FetchedDocument document) {
        return Objects.requireNonNull(document.contents()).digest().hex();
    }

    private boolean isWhole(FetchedDocument document) throws IOException {
        try (InputStream in = Files.newInputStream(file(document))) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest()).equals(name(document));
        } catch (FileSystemException _) {
            return false;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * Keeps what a new generation was made of, and nothing else; with the part's lock.
     *
     * @param files the files of those that were fetched or kept, by their names
     */
    void keep(List<FetchedDocument> documents, Map<String, Path> files) throws IOException {
        Set<String> wanted = new HashSet<>();
        for (FetchedDocument document : documents) {
            if (document.isSettled()) {
                Files.createDirectories(folder);
                Path fetched = Objects.requireNonNull(files.get(document.name()));
                Path file = file(document);
                if (wanted.add(name(document)) && !fetched.equals(file)) {
                    Files.move(fetched, file, StandardCopyOption.ATOMIC_MOVE);
                }
            }
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path file : all) {
                if (!wanted.contains(file.getFileName().toString())) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException _) {
            // Nothing was ever kept.
        }
    }
}
