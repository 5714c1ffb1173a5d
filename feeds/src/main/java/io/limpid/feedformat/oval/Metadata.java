package io.limpid.feedformat.oval;

import io.limpid.feed.FeedLink;
import io.limpid.feed.FeedXml;
import io.limpid.feedformat.oval.OvalDefinition.Criteria;
import io.limpid.feedformat.oval.OvalDefinition.Cve;
import io.limpid.feedformat.oval.OvalDefinition.Reference;
import io.limpid.feedformat.oval.OvalDefinition.Resolution;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a definition says for people, while it is read. */
final class Metadata {
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern DATE =
            Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\\.[0-9]{1,9})?(Z?))?");
    /** {@code CVE-1999-0077 at NVD}. */
    private static final Pattern RATED = Pattern.compile("(\\S{1,100}) at (\\S{1,40})");

    private static final int MOST = 10_000;

    private final Held held;
    private final List<String> platforms = new ArrayList<>(1);
    private final List<Reference> references = new ArrayList<>(2);
    private final List<Cve> cves = new ArrayList<>(1);
    private final List<String> cpes = new ArrayList<>(0);
    private final List<Resolution> resolutions = new ArrayList<>(0);
    private String title = "";
    private @Nullable String severity;
    private @Nullable String description;
    private @Nullable String issued;
    private @Nullable String updated;
    private @Nullable String patchable;

    Metadata(Held held) {
        this.held = held;
    }

    void read(FeedXml xml) throws IOException {
        xml.children(name -> {
            switch (name) {
                case "title" -> title = held.held(line(xml.text()));
                case "affected" ->
                    xml.children(inner -> {
                        if (inner.equals("platform")) {
                            add(platforms, held.pooled(line(xml.text())), xml);
                        }
                    });
                case "reference" -> reference(xml);
                case "description" -> {
                    String text = xml.text().strip();
                    description = text.isEmpty() ? null : held.held(text);
                }
                case "advisory" -> xml.children(inner -> advisory(inner, xml));
                case "patchable" -> patchable = word(xml.text());
                case "advisory_date" -> issued = day(xml.text());
                case "severity" -> severity = word(xml.text());
                default -> {}
            }
        });
    }

    private void reference(FeedXml xml) throws IOException {
        String source = xml.attribute("source");
        String id = xml.attribute("ref_id");
        add(
                references,
                new Reference(
                        held.pooled(source == null ? "" : source.strip()),
                        held.pooled(id == null ? "" : id.strip()),
                        link(xml.attribute("ref_url"))),
                xml);
    }

    private void advisory(String name, FeedXml xml) throws IOException {
        switch (name) {
            case "severity" -> severity = word(xml.text());
            case "issued" -> issued = day(xml.attribute("date"));
            case "updated" -> updated = day(xml.attribute("date"));
            case "cve" -> cve(xml);
            case "affected_cpe_list" ->
                xml.children(inner -> {
                    if (inner.equals("cpe")) {
                        add(cpes, held.pooled(line(xml.text())), xml);
                    }
                });
            case "affected" ->
                xml.children(inner -> {
                    if (inner.equals("resolution")) {
                        resolution(xml);
                    }
                });
            default -> {}
        }
    }

    private void resolution(FeedXml xml) throws IOException {
        String state = xml.attribute("state");
        List<String> components = new ArrayList<>();
        xml.children(inner -> {
            if (inner.equals("component")) {
                add(components, held.pooled(line(xml.text())), xml);
            }
        });
        add(resolutions, new Resolution(held.pooled(state == null ? "" : state.strip()), components), xml);
    }

    private void cve(FeedXml xml) throws IOException {
        String impact = word(xml.attribute("impact"));
        String cvss2 = word(xml.attribute("cvss2"));
        String cvss3 = word(xml.attribute("cvss3"));
        String cvss4 = word(xml.attribute("cvss4"));
        String href = link(xml.attribute("href"));
        String text = line(xml.text());
        Matcher rated = RATED.matcher(text);
        boolean byOthers = rated.matches();
        add(
                cves,
                new Cve(
                        held.pooled(byOthers ? rated.group(1) : text),
                        byOthers ? held.pooled(rated.group(2)) : null,
                        impact,
                        cvss2,
                        cvss3,
                        cvss4,
                        href),
                xml);
    }

    private <T> void add(List<T> list, T one, FeedXml xml) throws IOException {
        if (list.size() >= MOST) {
            throw xml.error("a list of more than " + MOST + " in one definition");
        }
        held.entry();
        list.add(one);
    }

    private @Nullable String word(@Nullable String text) throws IOException {
        return text == null || text.isBlank() ? null : held.pooled(line(text));
    }

    private @Nullable String link(@Nullable String text) throws IOException {
        String stripped = text == null ? "" : text.strip();
        return FeedLink.isOne(stripped) ? held.pooled(stripped) : null;
    }

    private @Nullable String day(@Nullable String text) throws IOException {
        String moment = text == null ? null : moment(text);
        return moment == null ? null : held.pooled(moment);
    }

    /** The text on one line. */
    private static String line(String text) {
        return BLANKS.matcher(text.strip()).replaceAll(" ");
    }

    /** The day or moment to the second, null when it is none. */
    static @Nullable String moment(String text) {
        Matcher date = DATE.matcher(text.strip());
        if (!date.matches()) {
            return null;
        }
        return date.group(2) == null ? date.group(1) : date.group(1) + "T" + date.group(2) + date.group(3);
    }

    /** The definition with these criteria. */
    OvalDefinition definition(String id, String kind, @Nullable Criteria criteria) {
        return new OvalDefinition(
                id,
                kind,
                title,
                platforms,
                references,
                severity,
                description,
                issued,
                updated,
                cves,
                cpes,
                resolutions,
                patchable,
                criteria);
    }
}
