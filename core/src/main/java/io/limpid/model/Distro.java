package io.limpid.model;

import org.jspecify.annotations.Nullable;

/**
 * The Linux distribution of an image.
 *
 * @param id os-release's ID: {@code debian}
 * @param versionId os-release's VERSION_ID, {@code 12}; null for a rolling release that has none
 * @param codename the release's name, {@code bookworm}; null when it has none or none is known
 * @param namespace the advisories' name for the release: {@code debian:12}, {@code alpine:3.18}
 * @param endOfLife the day (ISO 8601) after which the distribution publishes no more fixes, null when it is not known
 */
public record Distro(
        String id,
        @Nullable String versionId,
        @Nullable String codename,
        String namespace,
        @Nullable String endOfLife) {}
