package io.limpid.feed.ubuntu;

import io.limpid.feed.FeedXml;
import io.limpid.feedformat.oval.Held;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tests of an OVAL document with what they point at: objects (packages), states (versions) and variables (lists of names). */
final class OvalTables {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9+._-]{0,199}";
    private static final Pattern PLAIN = Pattern.compile(NAME);
    /** Documents for image manifests name packages by such a pattern: {@code ^libssh-4(?::\w+|)\s+(.*)$}. */
    private static final Pattern IN_A_MANIFEST = Pattern.compile("\\^?(" + NAME + ")\\Q(?::\\w+|)\\s+\\E.*");

    /** What a test looks at. */
    enum Subject {
        PACKAGE,
        /** A text: the packages of an image's manifest, or the release's name. */
        TEXT,
        /** Which kernel is running; an image has none that is. */
        KERNEL,
        /** The version of the running kernel. */
        KERNEL_VERSION,
        /** The release, the family of systems. */
        MACHINE,
        /** What no document was seen to ask for. */
        OTHER
    }

    /**
     * A test.
     *
     * @param state the id of the state that the object must have, null when it only has to exist
     */
    record Test(Subject subject, String object, @Nullable String state) {}

    /** The names of packages: in the document's place or in a variable. */
    private record Packages(@Nullable String variable, List<String> names) {}

    /**
     * A version and how others must stand to it.
     *
     * @param operation {@code less than}
     */
    record Bound(String operation, String version) {}

    /** What a test points at, while it is read. */
    private static final class Refs {
        private @Nullable String object;
        private @Nullable String state;
    }

    private final Map<String, Test> tests = new HashMap<>();
    private final Map<String, Packages> objects = new HashMap<>();
    private final Map<String, Bound> states = new HashMap<>();
    private final Map<String, List<String>> variables = new HashMap<>();
    /** The variables of which a value is no name of a package. */
    private final Set<String> odd = new HashSet<>();

    private final Held held;

    /**
     * @param held takes what is kept until the document's end
     */
    OvalTables(Held held) {
        this.held = held;
    }

    /** Reads a test; its kind tells what it looks at. */
    void test(String kind, FeedXml xml) throws IOException {
        String id = xml.attribute("id");
        Refs refs = new Refs();
        xml.children(name -> {
            if (name.equals("object")) {
                refs.object = xml.attribute("object_ref");
            } else if (name.equals("state")) {
                refs.state = xml.attribute("state_ref");
            }
        });
        if (id != null) {
            Subject subject = switch (kind) {
                case "dpkginfo_test" -> Subject.PACKAGE;
                case "textfilecontent54_test" -> Subject.TEXT;
                case "uname_test" -> Subject.KERNEL;
                case "variable_test" -> Subject.KERNEL_VERSION;
                case "family_test" -> Subject.MACHINE;
                default -> Subject.OTHER;
            };
            String object = refs.object == null ? "" : held.pooled(refs.object);
            tests.put(held.pooled(id), new Test(subject, object, refs.state == null ? null : held.pooled(refs.state)));
        }
    }

    /** Reads an object; one that names no package is left out. */
    void object(FeedXml xml) throws IOException {
        String id = xml.attribute("id");
        if (id != null) {
            xml.children(name -> {
                String variable = xml.attribute("var_ref");
                // In the documents for image manifests packages are searched in a text, by patterns.
                if (variable != null && (name.equals("name") || name.equals("pattern"))) {
                    objects.put(held.pooled(id), new Packages(held.pooled(variable), List.of()));
                } else if (name.equals("name")) {
                    String here = nameOf(xml.text().strip());
                    objects.put(
                            held.pooled(id), new Packages(null, here == null ? List.of() : List.of(held.pooled(here))));
                }
            });
        }
    }

    /** Reads a state; one that is of no version is left out. */
    void state(FeedXml xml) throws IOException {
        String id = xml.attribute("id");
        xml.children(name -> {
            boolean version = name.equals("evr") || "debian_evr_string".equals(xml.attribute("datatype"));
            String operation = xml.attribute("operation");
            if (version && id != null) {
                Bound bound = new Bound(
                        operation == null ? "equals" : held.pooled(operation),
                        held.held(xml.text().strip()));
                states.put(held.pooled(id), bound);
            }
        });
    }

    /** Reads a variable; one that is no list of constants is left out. */
    void variable(String kind, FeedXml xml) throws IOException {
        String id = xml.attribute("id");
        if (id == null || !kind.equals("constant_variable")) {
            return;
        }
        List<String> names = new ArrayList<>();
        xml.children(name -> {
            if (name.equals("value")) {
                String value = nameOf(xml.text().strip());
                if (value == null) {
                    odd.add(held.pooled(id));
                } else {
                    held.place();
                    names.add(held.pooled(value));
                }
            }
        });
        variables.put(held.pooled(id), names);
    }

    private static @Nullable String nameOf(String value) {
        if (PLAIN.matcher(value).matches()) {
            return value;
        }
        Matcher pattern = IN_A_MANIFEST.matcher(value);
        return pattern.matches() ? pattern.group(1) : null;
    }

    /** The test of this id, with what it searches a text for; null when there is none. */
    @Nullable
    Test test(String id) {
        Test test = tests.get(id);
        if (test == null || test.subject != Subject.TEXT) {
            return test;
        }
        Subject searched = objects.containsKey(test.object) ? Subject.PACKAGE : Subject.MACHINE;
        return new Test(searched, test.object, test.state);
    }

    /** The names of the binary packages that a test is about; empty when there are none. */
    List<String> names(Test test) {
        Packages packages = objects.get(test.object);
        if (packages == null) {
            return List.of();
        }
        return packages.variable == null ? packages.names : variables.getOrDefault(packages.variable, List.of());
    }

    /** Whether a test is also about something whose name is none of a package, so that {@link #names} lacks it. */
    boolean lacksNames(Test test) {
        Packages packages = objects.get(test.object);
        return packages != null && packages.variable != null && odd.contains(packages.variable);
    }

    /** The version of a state, null when there is no such state or it is of no version. */
    @Nullable
    Bound bound(String state) {
        return states.get(state);
    }
}
