package io.limpid.model;

import java.util.List;

/**
 * What a detector read out of one file of a layer.
 *
 * @param path the file, as it was named to the detector
 * @param packages what the file lists, in its order
 * @param clues what the file says of the distribution
 * @param origins what the file says of where packages come from
 * @param problems what in the file could not be read
 */
public record Detection(
        String path, List<Package> packages, List<DistroClue> clues, List<OriginClue> origins, List<Problem> problems) {

    public Detection {
        packages = List.copyOf(packages);
        clues = List.copyOf(clues);
        origins = List.copyOf(origins);
        problems = List.copyOf(problems);
    }

    /** A file that says nothing of where packages come from. */
    public Detection(String path, List<Package> packages, List<DistroClue> clues, List<Problem> problems) {
        this(path, packages, clues, List.of(), problems);
    }

    /** A file that only says something of where packages come from. */
    public static Detection ofOrigins(String path, List<? extends OriginClue> origins, List<Problem> problems) {
        return new Detection(path, List.of(), List.of(), List.copyOf(origins), problems);
    }

    /** A file that was read and says nothing. */
    public static Detection nothing(String path) {
        return new Detection(path, List.of(), List.of(), List.of());
    }

    /** A file that says something of the distribution, and lists no packages. */
    public static Detection ofClue(String path, DistroClue clue) {
        return new Detection(path, List.of(), List.of(clue), List.of());
    }

    /** A file that could not be read at all. */
    public static Detection unreadable(String path, String what) {
        return new Detection(path, List.of(), List.of(), List.of(Problem.ofFile(path, what)));
    }
}
