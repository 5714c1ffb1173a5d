package io.limpid.version;

/**
 * The versions of rpm packages, {@code [epoch:]version[-release]}, in the order of {@code rpmVersionCompare}.
 *
 * <p>rpm gives every text a place, and so does this: {@code a:1} is a version with a colon in it, {@code 1-} has an empty release. Such texts, those
 * with a second hyphen and those beyond ASCII are no version that a package can have, and are not {@link Version#reliable()}.
 *
 * <p>Invalid is nothing at all, and blanks and control characters: rpm would take them for separators, but where they come up two fields have run
 * together.
 */
public final class RpmVersions implements VersionScheme {
    private static final String ID = "rpm";
    private static final char DELETE = 0x7f;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Version parse(String text) throws InvalidVersionException {
        if (text.isEmpty()) {
            throw new InvalidVersionException(ID, text, "it is empty");
        }
        boolean ascii = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == DELETE) {
                throw new InvalidVersionException(ID, text, "a character that no version has");
            }
            ascii &= c < DELETE;
        }
        Label label = Label.of(text);
        return new RpmVersion(label, ascii && label.isRegular());
    }
}
