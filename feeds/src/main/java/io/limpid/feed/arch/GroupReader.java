package io.limpid.feed.arch;

import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedJson;
import io.limpid.feed.PartReading;
import io.limpid.format.json.JsonStream;
import java.io.IOException;
import java.util.List;

/** Reads the tracker's list of groups. */
final class GroupReader {
    /** Packages, vulnerabilities and bulletins of a group are held until all of it is known. */
    private static final int ELEMENTS = 10_000;

    private final PartReading reading;
    private int count;

    GroupReader(PartReading reading) {
        this.reading = reading;
    }

    void read(FeedDocuments documents) throws IOException {
        FeedJson.read(
                documents,
                ArchFeed.DOCUMENT,
                json -> json.array(() -> {
                    count++;
                    if (!json.isObject()) {
                        reading.skip("group " + count, "not an object");
                        return;
                    }
                    Group group = new Group();
                    json.object(member -> member(group, member, json));
                    tell(group);
                }));
    }

    private void tell(Group group) throws FeedException {
        String name = group.name == null ? "group " + count : group.name;
        List<String> oddPackages = group.withoutOddPackages();
        if (!oddPackages.isEmpty()) {
            reading.skip(name, "no names of packages: " + oddPackages);
        }
        List<String> oddIssues = group.withoutOddIssues();
        if (!oddIssues.isEmpty()) {
            reading.skip(name, "no names of vulnerabilities: " + oddIssues);
        }
        List<String> oddBulletins = group.withoutOddBulletins();
        if (!oddBulletins.isEmpty()) {
            reading.leftOut(name, "no names of bulletins: " + oddBulletins);
        }
        String wrong = group.wrong();
        if (wrong == null) {
            reading.record(ArchFeed.DOCUMENT, group.advisories());
        } else if (oddPackages.isEmpty() || !group.packages.isEmpty()) {
            reading.skip(name, wrong);
        }
    }

    private static void member(Group group, String member, JsonStream json) throws IOException {
        switch (member) {
            case "name" -> group.name = json.stringOrNull();
            case "status" -> group.status = json.stringOrNull();
            case "severity" -> group.severity = json.stringOrNull();
            case "type" -> group.type = json.stringOrNull();
            case "affected" -> group.affected = json.stringOrNull();
            case "fixed" -> group.fixed = json.stringOrNull();
            case "ticket" -> group.ticket = json.scalarOrNull();
            case "packages" -> elements(group.packages, json);
            case "issues" -> elements(group.issues, json);
            case "advisories" -> elements(group.bulletins, json);
            default -> {}
        }
    }

    private static void elements(List<String> elements, JsonStream json) throws IOException {
        if (json.isArray()) {
            json.array(() -> {
                if (elements.size() >= ELEMENTS) {
                    throw json.error("more than " + ELEMENTS + " elements");
                }
                // What is no text is no name either, and is told with the group.
                String text = json.stringOrNull();
                elements.add(text == null ? "" : text);
            });
        }
    }
}
