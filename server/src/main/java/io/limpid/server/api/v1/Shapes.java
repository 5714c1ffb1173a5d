package io.limpid.server.api.v1;

import io.limpid.server.api.v1.GoStruct.Emptiness;
import io.limpid.server.api.v1.GoType.Basic;
import io.limpid.server.api.v1.GoType.ListOf;

/** The objects of API v1, their fields in the order in which Clair writes them. */
final class Shapes {
    static final GoStruct VULNERABILITY = GoStruct.of("v1", "Vulnerability");
    static final GoStruct FEATURE = GoStruct.of("v1", "Feature")
            .with("Name", Basic.TEXT)
            .with("NamespaceName", Basic.TEXT)
            .with("VersionFormat", Basic.TEXT)
            .with("Version", Basic.TEXT)
            .with("Vulnerabilities", new ListOf(VULNERABILITY))
            .with("AddedBy", Basic.TEXT);

    static {
        VULNERABILITY
                .with("Name", Basic.TEXT)
                .with("NamespaceName", Basic.TEXT)
                .with("Description", Basic.TEXT)
                .with("Link", Basic.TEXT)
                .with("Severity", Basic.TEXT)
                .with("Metadata", Basic.ANYTHING)
                .with("FixedBy", Basic.TEXT)
                .with("FixedIn", new ListOf(FEATURE));
    }

    static final GoStruct LAYER = GoStruct.of("v1", "Layer")
            .with("Name", Basic.TEXT)
            .with("NamespaceName", Basic.TEXT)
            .with("Path", Basic.TEXT)
            .with("Headers", Basic.TEXTS)
            .with("ParentName", Basic.TEXT)
            .with("Format", Basic.TEXT)
            .with("IndexedByVersion", Basic.INT)
            .with("Features", new ListOf(FEATURE));

    /** What a local correction may change. */
    static final GoStruct PUBLISHED =
            GoStruct.of("v1", "Published").with("Severity", Basic.TEXT).with("FixedBy", Basic.TEXT);

    static final GoStruct OVERRIDE = override(GoStruct.of("v1", "Override")).with("State", Basic.TEXT);

    static final GoStruct DENIED = override(GoStruct.of("v1", "DeniedVulnerability")
            .with("FeatureName", Basic.TEXT)
            .with("NamespaceName", Basic.TEXT)
            .with("Version", Basic.TEXT)
            .with("VulnerabilityName", Basic.TEXT));

    /** A layer as it is told, which has more than one that is posted. */
    static final GoStruct TOLD_LAYER = LAYER.copy().with("Overrides", new ListOf(DENIED));

    static final GoStruct NAMESPACE =
            GoStruct.of("v1", "Namespace").with("Name", Basic.TEXT).with("VersionFormat", Basic.TEXT);

    static final GoStruct ORDERED_LAYER = GoStruct.of("v1", "OrderedLayerName")
            .with("Index", Basic.INT, Emptiness.WRITTEN)
            .with("LayerName", Basic.TEXT, Emptiness.WRITTEN);

    static final GoStruct WITH_LAYERS = GoStruct.of("v1", "VulnerabilityWithLayers")
            .with("Vulnerability", VULNERABILITY)
            .with("OrderedLayersIntroducingVulnerability", new ListOf(ORDERED_LAYER))
            // Names only, for clients that are older than the pages.
            .with("LayersIntroducingVulnerability", Basic.TEXT_LIST);

    static final GoStruct NOTIFICATION = GoStruct.of("v1", "Notification")
            .with("Name", Basic.TEXT)
            .with("Created", Basic.TEXT)
            .with("Notified", Basic.TEXT)
            .with("Deleted", Basic.TEXT)
            .with("Limit", Basic.INT)
            .with("Page", Basic.TEXT)
            .with("NextPage", Basic.TEXT)
            .with("Old", WITH_LAYERS)
            .with("New", WITH_LAYERS);

    static final GoStruct ERROR = GoStruct.of("v1", "Error").with("Message", Basic.TEXT);

    static final GoStruct LAYER_ENVELOPE =
            GoStruct.of("v1", "LayerEnvelope").with("Layer", LAYER).with("Error", ERROR);

    static final GoStruct NAMESPACE_ENVELOPE = GoStruct.of("v1", "NamespaceEnvelope")
            .with("Namespaces", new ListOf(NAMESPACE), Emptiness.NULL)
            .with("Error", ERROR);

    static final GoStruct VULNERABILITY_ENVELOPE = GoStruct.of("v1", "VulnerabilityEnvelope")
            .with("Vulnerability", VULNERABILITY)
            .with("Vulnerabilities", new ListOf(VULNERABILITY), Emptiness.NULL)
            .with("NextPage", Basic.TEXT)
            .with("Error", ERROR);

    static final GoStruct NOTIFICATION_ENVELOPE = GoStruct.of("v1", "NotificationEnvelope")
            .with("Notification", NOTIFICATION)
            .with("Error", ERROR);

    static final GoStruct FEATURE_ENVELOPE = GoStruct.of("v1", "FeatureEnvelope")
            .with("Feature", FEATURE)
            .with("Features", new ListOf(FEATURE), Emptiness.NULL)
            .with("Error", ERROR);

    /** What a page token of a notification holds. */
    static final GoStruct PAGE = GoStruct.of("database", "VulnerabilityNotificationPageNumber")
            .with("OldVulnerability", Basic.INT, Emptiness.WRITTEN)
            .with("NewVulnerability", Basic.INT, Emptiness.WRITTEN);

    private Shapes() {}

    private static GoStruct override(GoStruct struct) {
        return struct.with("Status", Basic.TEXT)
                .with("FixedVersion", Basic.TEXT)
                .with("Severity", Basic.TEXT)
                .with("Reason", Basic.TEXT)
                .with("Author", Basic.TEXT)
                .with("Expires", Basic.TEXT)
                .with("Place", Basic.TEXT)
                .with("Before", PUBLISHED);
    }
}
