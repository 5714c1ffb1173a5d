package io.limpid.model;

import org.jspecify.annotations.Nullable;

/**
 * What one file says of the distribution; several files may say different parts of it.
 *
 * @param rank how far it is believed: of two clues the one with the lower rank wins
 * @param id the distribution in os-release's spelling ({@code debian}), null when the file does not tell
 * @param versionId the release in os-release's spelling ({@code 12}), null when the file does not tell
 * @param codename the release's name ({@code bookworm}), null when the file does not tell
 */
public record DistroClue(
        int rank,
        @Nullable String id,
        @Nullable String versionId,
        @Nullable String codename) {}
