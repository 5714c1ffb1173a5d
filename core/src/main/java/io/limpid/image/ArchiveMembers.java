package io.limpid.image;

import io.limpid.format.tar.TarEntry;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.PlainPath;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The entries of an image archive by their names, as its headers tell them, and the errors of one that is wrong. */
final class ArchiveMembers {
    /** All names and link targets. */
    private static final int NAME_BYTES = 1 << 26;

    /**
     * An entry.
     *
     * @param path its name in its one form
     * @param offset where its content begins in the archive
     * @param size of its content as it is stored
     * @param linkName where it leads to, empty when it is no link
     */
    record Member(String path, TarEntry.Kind kind, long offset, long size, String linkName, boolean sparse) {}

    private final String archive;
    private final Limits limits;
    private final Map<String, Member> members = new HashMap<>();
    private long nameBytes;

    /**
     * @param archive what messages call it
     */
    ArchiveMembers(String archive, Limits limits) {
        this.archive = archive;
        this.limits = limits;
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    /** Takes an entry down, in the place of an earlier one of its name; null when its name climbs out of the archive. */
    @Nullable
    Member add(TarEntry entry) throws LimpidException {
        if (members.size() >= limits.archiveEntries()) {
            throw new LimpidException(
                    ErrorCode.LIMIT,
                    archive + " cannot be read",
                    "it has more than " + limits.archiveEntries() + " entries (limit archive-entries)",
                    null);
        }
        nameBytes += entry.nameBytes().length + entry.linkName().length();
        if (entry.nameBytes().length > limits.pathBytes()
                || entry.linkName().length() > limits.pathBytes()
                || entry.headerSkipped()
                || nameBytes > NAME_BYTES) {
            throw broken("an entry's name, link target or header is too long, or all together are");
        }
        String path = inside(PlainPath.of(entry.name()));
        if (path == null) {
            // A name that climbs out of the archive can be no manifest's entry.
            return null;
        }
        Member member = new Member(
                path, entry.kind(), entry.dataOffset(), entry.storedSize(), entry.linkName(), entry.isSparse());
        members.put(path, member);
        return member;
    }

    /** The file of a name, links followed inside the archive; null when there is none. */
    @Nullable
    Member find(String name) throws LimpidException {
        String path = inside(PlainPath.of(name));
        for (int hops = 0; path != null && hops <= limits.linkHops(); hops++) {
            Member member = members.get(path);
            if (member == null) {
                return null;
            }
            switch (member.kind) {
                case FILE -> {
                    return whole(member);
                }
                case SYMBOLIC_LINK -> path = inside(PlainPath.of(path).linked(member.linkName));
                case HARD_LINK -> path = inside(PlainPath.of(member.linkName));
                case DIRECTORY, OTHER -> {
                    return null;
                }
            }
        }
        return null;
    }

    private Member whole(Member member) throws LimpidException {
        if (member.sparse) {
            throw new LimpidException(
                    ErrorCode.BROKEN_IMAGE,
                    archive + " cannot be read",
                    "its entry " + member.path + " is a sparse file",
                    "save the image again, without 'tar --sparse'");
        }
        return member;
    }

    /** The name in its one form; null when it leads out of the archive or is its root: nothing that a manifest names. */
    private static @Nullable String inside(PlainPath path) {
        return path.climbs() || path.parts().isEmpty() ? null : path.toString();
    }

    /** The error of what is another thing. */
    LimpidException notAnImage(String reason) {
        return new LimpidException(
                ErrorCode.NOT_AN_IMAGE,
                archive + " is no image archive",
                reason,
                "make one with 'docker save -o FILE IMAGE' or 'skopeo copy docker://IMAGE oci-archive:FILE'");
    }

    /** The error of an archive that is damaged. */
    LimpidException broken(String reason) {
        return new LimpidException(
                ErrorCode.BROKEN_IMAGE, archive + " cannot be read", reason, "save or download the image again");
    }
}
