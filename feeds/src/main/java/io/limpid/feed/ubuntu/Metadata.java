package io.limpid.feed.ubuntu;

import io.limpid.feed.FeedXml;
import io.limpid.feedformat.oval.Held;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an OVAL definition says for people, while it is read. */
final class Metadata {
    private static final String ID = "[A-Z][A-Za-z0-9]*-[A-Za-z0-9-]{1,60}";
    private static final Pattern NAME = Pattern.compile(ID);
    /** {@code CVE-2013-NNN1 on Ubuntu 14.04 LTS (trusty) - low.}: the tracker's own name for one without a number has no reference. */
    private static final Pattern TITLE = Pattern.compile("(" + ID + ") on .*");

    /** Later generators append which versions to install, a line for each binary package. */
    private static final String WORDS = "Update Instructions:";

    private static final Pattern INSTRUCTIONS = Pattern.compile("\\n\\s*" + WORDS);

    private static final int LINKS = 100;

    private final Held held;
    private final TreeSet<String> bulletins = new TreeSet<>();
    private final List<String> links = new ArrayList<>();
    private @Nullable String reference;
    private @Nullable String titled;
    private @Nullable String description;
    private @Nullable String published;
    private @Nullable String severity;
    private @Nullable String vector;

    Metadata(Held held) {
        this.held = held;
    }

    void read(FeedXml xml) throws IOException {
        xml.children(name -> {
            switch (name) {
                case "title" -> {
                    Matcher title = TITLE.matcher(xml.text().strip());
                    titled = title.matches() ? title.group(1) : null;
                }
                case "description" -> description = describe(xml.text());
                case "reference" -> {
                    String id = xml.attribute("ref_id");
                    if ("CVE".equals(xml.attribute("source"))
                            && id != null
                            && NAME.matcher(id).matches()) {
                        reference = id;
                    }
                }
                case "advisory" -> xml.children(inner -> advisory(inner, xml));
                default -> {}
            }
        });
    }

    private void advisory(String name, FeedXml xml) throws IOException {
        switch (name) {
            case "severity" -> severity = xml.text().strip();
            case "public_date" -> published = UbuntuWords.date(xml.text().strip());
            case "ref" -> link(xml.text().strip());
            case "cve" -> {
                String found = xml.attribute("cvss_vector");
                vector = found != null && found.startsWith("CVSS:") ? found : vector;
            }
            default -> {}
        }
    }

    private void link(String link) throws IOException {
        String bulletin = UbuntuWords.bulletin(link);
        if (bulletin != null) {
            bulletins.add(held.pooled(bulletin));
        } else if (UbuntuWords.isLink(link) && links.size() < LINKS && !link.contains("~ubuntu-security/cve/")) {
            links.add(held.held(link));
        }
    }

    private @Nullable String describe(String text) throws IOException {
        Matcher instructions = INSTRUCTIONS.matcher(text);
        boolean there = text.contains(WORDS) && instructions.find();
        String what = (there ? text.substring(0, instructions.start()) : text).strip();
        return what.isEmpty() ? null : held.held(what);
    }

    /** The definition with these criteria; null when nothing names it. */
    @Nullable
    Definition definition(Criterion criteria) throws IOException {
        String id = reference == null ? titled : reference;
        if (id == null) {
            return null;
        }
        List<SeverityRating> severities = new ArrayList<>(2);
        severities.add(new SeverityRating(
                UbuntuFeed.ID, UbuntuWords.severity(severity), severity == null ? null : held.pooled(severity), null));
        if (vector != null) {
            severities.add(new SeverityRating(UbuntuFeed.ID, Severity.UNKNOWN, null, held.pooled(vector)));
        }
        return new Definition(
                held.held(id),
                List.copyOf(bulletins),
                List.copyOf(severities),
                description,
                List.copyOf(links),
                published == null ? null : held.pooled(published),
                criteria);
    }
}
