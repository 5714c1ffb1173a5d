package io.limpid.server.api.v1;

import io.limpid.model.Correction;
import io.limpid.server.clair.DeniedVulnerability;
import io.limpid.server.clair.FeatureVersion;
import io.limpid.server.clair.LocalChange;
import io.limpid.server.clair.LocalChange.Published;
import java.time.LocalDate;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What local corrections did, in the words of an answer. */
final class Overrides {
    /** What of a vulnerability's metadata is ours. */
    private static final String OWN = "Limpid";

    private static final String UNDECIDED = "undecided";

    private Overrides() {}

    /** The metadata of a vulnerability with what was changed in it. */
    static SortedMap<String, @Nullable Object> metadata(@Nullable Object published, LocalChange change) {
        SortedMap<String, @Nullable Object> metadata = copy(published);
        SortedMap<String, @Nullable Object> own = copy(metadata.get(OWN));
        own.put(
                "Override",
                with(new GoObject(Shapes.OVERRIDE), change.correction(), change.before())
                        .with("State", change.isUndecided() ? UNDECIDED : null));
        metadata.put(OWN, own);
        return metadata;
    }

    /** The members of an object; none of what is no object. */
    private static SortedMap<String, @Nullable Object> copy(@Nullable Object value) {
        SortedMap<String, @Nullable Object> copy = GoDecoder.sorted();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> copy.put(String.valueOf(key), member));
        }
        return copy;
    }

    /** What is denied, and why. */
    static GoObject denied(DeniedVulnerability from) {
        FeatureVersion version = from.version();
        GoObject object = new GoObject(Shapes.DENIED)
                .with("FeatureName", version.feature().name())
                .with("NamespaceName", version.feature().namespace().name())
                .with("Version", version.version())
                .with("VulnerabilityName", from.vulnerability().name());
        return with(object, from.correction(), Published.of(from.vulnerability()));
    }

    private static GoObject with(GoObject object, Correction correction, @Nullable Published before) {
        LocalDate expires = correction.expires();
        return object.with(
                        "Status",
                        correction.status() == null ? null : correction.status().word())
                .with("FixedVersion", correction.fixedVersion())
                .with(
                        "Severity",
                        correction.severity() == null
                                ? null
                                : LocalChange.severity(correction.severity()).text())
                .with("Reason", correction.reason())
                .with("Author", correction.author())
                .with("Expires", expires == null ? null : expires.toString())
                .with("Place", correction.place())
                .with("Before", before == null ? null : before(before));
    }

    private static GoObject before(Published before) {
        return new GoObject(Shapes.PUBLISHED)
                .with("Severity", before.severity().text())
                .with("FixedBy", before.fixedBy());
    }
}
