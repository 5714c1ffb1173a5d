package io.limpid.server.worker;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A layer that a client wants to be read.
 *
 * @param name under which it is to be known, not empty
 * @param path an http or https URL, or a local file, not empty
 * @param headers sent when the URL is fetched
 * @param parent name of the layer below, or null
 * @param format {@code Docker} or {@code ACI} in any case; others are refused
 */
public record LayerRequest(
        String name,
        String path,
        Map<String, String> headers,
        @Nullable String parent,
        String format) {}
