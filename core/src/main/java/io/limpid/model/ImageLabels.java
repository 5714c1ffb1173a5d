package io.limpid.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the labels that Red Hat gives its images say of where they come from; what is derived from such an image inherits them. */
public final class ImageLabels {
    /** The product's label. */
    public static final String CPE = "cpe";

    private static final int LONGEST = 512;

    private ImageLabels() {}

    /** The clues in these labels; a value that can be none is passed over. */
    public static List<OriginClue> clues(Map<String, String> labels) {
        List<OriginClue> clues = new ArrayList<>();
        String cpe = labels.get(CPE);
        if (cpe != null && isProduct(cpe)) {
            clues.add(new OriginClue.Product(cpe));
        }
        String component = word(labels, "com.redhat.component");
        String name = word(labels, "name");
        String version = word(labels, "version");
        String release = word(labels, "release");
        if (component != null && version != null && release != null) {
            clues.add(new OriginClue.ImageBuild(
                    component, name == null ? component : name, version, release, word(labels, "architecture")));
        }
        return clues;
    }

    /** Whether a text has the form of a product's name (CPE 2.2 or 2.3). */
    public static boolean isProduct(String text) {
        return (text.startsWith("cpe:/") || text.startsWith("cpe:2.3:")) && isWord(text);
    }

    /** Whether a text is one word of printable ASCII that is not too long for a name or a version. */
    public static boolean isWord(String text) {
        return !text.isEmpty() && text.length() <= LONGEST && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    private static @Nullable String word(Map<String, String> labels, String name) {
        String value = labels.get(name);
        return value != null && isWord(value) ? value : null;
    }
}
