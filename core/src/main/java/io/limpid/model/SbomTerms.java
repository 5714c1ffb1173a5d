package io.limpid.model;

/** The names of the properties by which an SBOM of ours says what its format has no member for; {@code docs/sbom.md} lists them. */
public final class SbomTerms {
    /** What each of the names starts with. */
    public static final String OURS = "limpid:";

    /** Which set of names the document uses. */
    public static final String FORM = OURS + "form";

    /** The one set that there is. */
    public static final String FORM_VALUE = "1";

    public static final String DISTRO_ID = OURS + "distro:id";
    public static final String DISTRO_VERSION_ID = OURS + "distro:versionId";
    public static final String DISTRO_CODENAME = OURS + "distro:codename";

    /** An index and the name of a part stand behind it, as behind the next ones. */
    public static final String LAYER = OURS + "layer:";

    public static final String PROBLEM = OURS + "problem:";
    public static final String BUILD = OURS + "origin:build:";

    public static final String PRODUCT = OURS + "origin:product";
    public static final String CONTENT_SET = OURS + "origin:contentSet";
    public static final String MODULE_STREAM = OURS + "origin:moduleStream";

    public static final String PACKAGE_ARCH = OURS + "package:arch";
    public static final String PACKAGE_SOURCE = OURS + "package:source";
    public static final String PACKAGE_SOURCE_VERSION = OURS + "package:sourceVersion";
    public static final String PACKAGE_MODULE = OURS + "package:module";
    public static final String PACKAGE_LOCATION = OURS + "package:location";
    public static final String PACKAGE_LAYER = OURS + "package:layer";
    public static final String PACKAGE_OWNED_BY = OURS + "package:ownedBy";
    public static final String PACKAGE_REMOVED_IN = OURS + "package:removedInLayer";
    public static final String PACKAGE_REPOSITORY = OURS + "package:repository";

    /** Says who lists a package: {@link #DATABASE} or {@link #DOCUMENT}. */
    public static final String PACKAGE_LISTED_BY = OURS + "package:listedBy";

    public static final String DATABASE = "database";
    public static final String DOCUMENT = "document";

    private SbomTerms() {}
}
