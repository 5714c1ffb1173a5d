package io.limpid.model;

import java.util.List;

/**
 * A wish to have files read by a detector that lie elsewhere than where it looks, or in several layers: a link leads to them, or a database
 * is in one layer and its write-ahead log in another.
 *
 * @param detector the detector's name
 * @param files the file and then its companions
 */
public record EvidenceRequest(String detector, List<Content> files) {

    /**
     * The content of one file.
     *
     * @param layer the index of the layer that holds it
     * @param path where it is in that layer
     * @param as the path under which the detector is to see it
     */
    public record Content(int layer, String path, String as) {}

    public EvidenceRequest {
        files = List.copyOf(files);
    }
}
