package io.limpid.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A path from a root that cannot be left, in its one form: without empty, {@code .} and {@code ..} parts; as tar entries and links name files.
 *
 * @param parts the names on the way, none for the root itself
 * @param climbs whether it was written with a {@code ..} that leads above the root, where it stays, as for a process that has this root
 */
public record PlainPath(List<String> parts, boolean climbs) {

    public PlainPath {
        parts = List.copyOf(parts);
    }

    /** The path that a text means, with or without a slash in front. */
    public static PlainPath of(String text) {
        List<String> parts = new ArrayList<>();
        boolean climbs = false;
        for (String part : text.split("/", -1)) {
            if (part.equals("..")) {
                climbs |= parts.isEmpty();
                if (!parts.isEmpty()) {
                    parts.removeLast();
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return new PlainPath(parts, climbs);
    }

    /** Where a symbolic link at this path leads, by its target alone: no other links are followed. */
    public PlainPath linked(String target) {
        if (target.startsWith("/") || parts.isEmpty()) {
            return of(target);
        }
        return of(String.join("/", parts.subList(0, parts.size() - 1)) + "/" + target);
    }

    /** The parts with slashes between them, empty for the root. */
    @Override
    public String toString() {
        return String.join("/", parts);
    }
}
