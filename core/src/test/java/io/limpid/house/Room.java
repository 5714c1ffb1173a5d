package io.limpid.house;

import java.util.List;
import java.util.stream.Stream;

/**
 * One room of the house and the rooms whose classes it may use.
 *
 * @param name its package below the root
 * @param mayKnow packages below the root, {@code layer..} with those inside, {@code layer} without
 */
record Room(String name, List<String> mayKnow, String why) {

    /** Every room, the ground floor first. */
    static List<Room> all() {
        return Stream.of(ofCore(), ofAdvisories(), ofTheEnds(), ofTheServer(), ofTheServersWork())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Room> ofCore() {
        return List.of(
                room("model", "the records that pass between the stages know no stage"),
                room("version", "the order of versions is ground: it can be used and tested alone", "model.."),
                room("cvss", "the score of a vector is ground: it can be used and tested alone", "model.."),
                room("format", "container formats to values: ground that every reader stands on", "model.."),
                room("net", "one outbound client for all that is fetched, whatever it is", "model.."),
                room("image", "an image's layers are opened, not read", "net..", "format..", "model.."),
                room("layer", "one pass over a layer knows no detector", "image..", "format..", "model.."),
                room(
                        "detect",
                        "a detector knows files, not images; an SBOM in one is read as any other",
                        "layer..",
                        "sbom..",
                        "format..",
                        "model.."),
                room(
                        "facts",
                        "what was detected in one layer, kept",
                        "detect..",
                        "layer..",
                        "image..",
                        "format..",
                        "model.."),
                room("inventory", "the fold works on facts, never on an image", "model.."),
                room("sbom", "an SBOM document needs no image to be read", "format..", "model.."),
                room("correction", "a file of local corrections is read without any image", "format..", "model.."),
                room("report", "a writer gets a finished report", "format..", "model.."),
                room("match", "matching needs no image: only packages and advisories", "version..", "model.."),
                room("scan", "the journey is on one page and above all of core", core().map(name -> name + "..")));
    }

    /** From what publishers have to what a matcher asks. */
    private static List<Room> ofAdvisories() {
        return List.of(
                room(
                        "feed",
                        "upstream bytes to advisories, with no image",
                        "net..",
                        "model..",
                        "cvss..",
                        "version..",
                        "match..",
                        "format..",
                        "feedformat.."),
                room(
                        "feedformat",
                        "a form that several publishers write is read in one place, which knows none of them",
                        "feed",
                        "model..",
                        "version..",
                        "format.."),
                room(
                        "snapshot",
                        "advisories in files: fetched and read by any feeds, found for a matcher",
                        "feed",
                        "cvss..",
                        "net..",
                        "model..",
                        "version..",
                        "match..",
                        "format.."));
    }

    private static List<Room> ofTheEnds() {
        return List.of(
                room(
                        "bundle",
                        "generations of many parts in one file, wherever they come from: it fetches nothing",
                        "snapshot..",
                        "model..",
                        "format.."),
                room(
                        "cli",
                        "the command line and the server do not know each other",
                        Stream.concat(core().map(name -> name + ".."), Stream.of("feed..", "snapshot..", "bundle.."))),
                room(
                        "server",
                        "the command line and the server do not know each other",
                        Stream.concat(core().map(name -> name + ".."), Stream.of("feed..", "snapshot..", "bundle.."))));
    }

    /** What the server's own room is divided into. */
    private static List<Room> ofTheServer() {
        return List.of(
                room(
                        "server.clair",
                        "what Clair means by things knows neither their storage nor who asks",
                        "cvss..",
                        "detect.rpm",
                        "layer..",
                        "image..",
                        "format..",
                        "version..",
                        "model.."),
                room("server.failpoint", "a point that a process may end at knows nothing of what ends there"),
                room(
                        "server.config",
                        "what the configuration file says is known before anything runs",
                        "format..",
                        "model.."),
                room(
                        "server.store",
                        "storage knows what is stored, not who asks",
                        "server.failpoint",
                        "server.clair",
                        "format..",
                        "model.."));
    }

    /** The rooms of the server that do what is asked for, or what it is time for. */
    private static List<Room> ofTheServersWork() {
        return List.of(
                room(
                        "server.worker",
                        "a layer is fetched, read and stored, whoever posted it",
                        "server.failpoint",
                        "server.clair..",
                        "server.store",
                        "net..",
                        "layer..",
                        "image..",
                        "format..",
                        "model.."),
                room(
                        "server.update",
                        "what feeds say becomes vulnerabilities of Clair, whoever asks for them",
                        "server.clair",
                        "server.store",
                        "server.metrics",
                        "server.failpoint",
                        "snapshot",
                        "feed..",
                        "format..",
                        "model.."),
                room(
                        "server.notify",
                        "who is told of a notification is told its name, and asks for the rest",
                        "server.failpoint",
                        "server.clair",
                        "server.store",
                        "server.metrics",
                        "format..",
                        "net..",
                        "model.."),
                room(
                        "server.api",
                        "requests become calls of the worker and the store, and their values answers",
                        "server.failpoint",
                        "server.clair..",
                        "server.store",
                        "server.worker",
                        "server.metrics",
                        "format..",
                        "model.."));
    }

    /** The names of the rooms in module core. */
    static Stream<String> core() {
        return Stream.of(
                "model",
                "version",
                "cvss",
                "format",
                "net",
                "image",
                "layer",
                "detect",
                "facts",
                "inventory",
                "sbom",
                "correction",
                "report",
                "match",
                "scan");
    }

    private static Room room(String name, String why, String... mayKnow) {
        return new Room(name, List.of(mayKnow), why);
    }

    private static Room room(String name, String why, Stream<String> mayKnow) {
        return new Room(name, mayKnow.toList(), why);
    }
}
