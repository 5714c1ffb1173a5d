package io.limpid.feed.ubuntu;

import io.limpid.feed.FeedXml;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    private static final Pattern BULLETIN =
            Pattern.compile("https?://\\S*/(?:usn|notices)/((?i:USN|LSN)-[0-9]{1,6}-[0-9]{1,4})/?");
    private static final Pattern LINK = Pattern.compile("https?://[\\x21-\\x7e]{1,1000}");
    private static final Pattern DATE =
            Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})(?: ([0-9]{2}:[0-9]{2}:[0-9]{2}) (?:UTC|\\+0000))?");
    /** Later generators append which versions to install, a line for each binary package. */
    private static final Pattern INSTRUCTIONS = Pattern.compile("\\n\\s*Update Instructions:");

    private static final int LINKS = 100;

    private final OvalTables tables;
    private final TreeSet<String> bulletins = new TreeSet<>();
    private final List<String> links = new ArrayList<>();
    private @Nullable String reference;
    private @Nullable String titled;
    private @Nullable String description;
    private @Nullable String published;
    private @Nullable String severity;
    private @Nullable String vector;

    Metadata(OvalTables tables) {
        this.tables = tables;
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
            case "public_date" -> published = dateOf(xml.text().strip());
            case "ref" -> link(xml.text().strip());
            case "cve" -> {
                String found = xml.attribute("cvss_vector");
                vector = found != null && found.startsWith("CVSS:") ? found : vector;
            }
            default -> {}
        }
    }

    private void link(String link) throws IOException {
        Matcher bulletin = BULLETIN.matcher(link);
        if (bulletin.matches()) {
            bulletins.add(tables.pooled(bulletin.group(1).toUpperCase(Locale.ROOT)));
        } else if (LINK.matcher(link).matches() && links.size() < LINKS && !link.contains("~ubuntu-security/cve/")) {
            links.add(tables.held(link));
        }
    }

    private @Nullable String describe(String text) throws IOException {
        Matcher instructions = INSTRUCTIONS.matcher(text);
        String what = (instructions.find() ? text.substring(0, instructions.start()) : text).strip();
        return what.isEmpty() ? null : tables.held(what);
    }

    private static @Nullable String dateOf(String text) {
        Matcher date = DATE.matcher(text);
        if (!date.matches()) {
            return null;
        }
        return date.group(2) == null ? date.group(1) : date.group(1) + "T" + date.group(2) + "Z";
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
                UbuntuFeed.ID, severityOf(severity), severity == null ? null : tables.pooled(severity), null));
        if (vector != null) {
            severities.add(new SeverityRating(UbuntuFeed.ID, Severity.UNKNOWN, null, tables.pooled(vector)));
        }
        return new Definition(
                tables.held(id),
                List.copyOf(bulletins),
                List.copyOf(severities),
                description,
                List.copyOf(links),
                published == null ? null : tables.pooled(published),
                criteria);
    }

    private static Severity severityOf(@Nullable String word) {
        return switch (word == null ? "" : word.toLowerCase(Locale.ROOT)) {
            case "critical" -> Severity.CRITICAL;
            case "high" -> Severity.HIGH;
            case "medium" -> Severity.MEDIUM;
            case "low" -> Severity.LOW;
            case "negligible" -> Severity.NEGLIGIBLE;
            default -> Severity.UNKNOWN;
        };
    }
}
