package io.limpid.server.clair;

/** Everything that Clair's API v1 says no with: the HTTP status and the words, which clients compare. */
public enum ClairError {
    NOT_FOUND(404, "the resource cannot be found"),
    BACKEND(500, "database: an error occured when querying the backend"),
    /** The database is gone or cannot do more now; Clair says {@code BACKEND} with 500. */
    UNAVAILABLE(503, "database: the backend is not available, try again later"),
    LAYER_MISSING(400, "failed to provide layer"),
    LAYER_NAME_MISSING(400, "could not process a layer which does not have a name"),
    LAYER_PATH_MISSING(400, "could not process a layer which does not have a path"),
    LAYER_FORMAT_MISSING(400, "could not process a layer which does not have a format"),
    PARENT_UNKNOWN(400, "worker: parent layer is unknown, it must be processed first"),
    LAYER_NOT_FOUND(400, "could not find layer"),
    /** Its message names the format. */
    FORMAT_UNSUPPORTED(400, "unsupported image format"),
    ARCHIVE_BROKEN(422, "tarutil: could not extract the archive"),
    FILE_TOO_BIG(422, "tarutil: could not extract one or more files from the archive: file too big"),
    OS_UNSUPPORTED(422, "worker: OS and/or package manager are not supported"),
    FEATURE_VERSION_INVALID(400, "could not find/insert invalid FeatureVersion"),
    FEATURE_INVALID(400, "could not find/insert invalid Feature"),
    VULNERABILITY_MISSING(400, "failed to provide vulnerability"),
    SEVERITY_INVALID(400, "failed to parse Severity from input"),
    VERSION_FORMAT_UNKNOWN(400, "unknown version format"),
    VERSION_INVALID(400, "invalid version"),
    VULNERABILITY_INCOMPLETE(400, "insertVulnerability needs at least the Name and the Namespace"),
    FIXES_ELSEWHERE(
            400,
            "could not insert an invalid vulnerability that contains FixedIn FeatureVersion that are not in the same"
                    + " namespace as the Vulnerability"),
    FIXES_UNWANTED(400, "Vulnerability.FixedIn must be empty"),
    FEATURE_MISSING(400, "failed to provide feature"),
    FEATURE_NAMES_DIFFER(400, "feature name in URL and JSON do not match"),
    /** Not Clair's, which takes whatever is posted. */
    BUSY(429, "too many layers are being processed, try again later");

    private final int status;
    private final String message;

    ClairError(int status, String message) {
        this.status = status;
        this.message = message;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    public String message() {
        return message;
    }
}
