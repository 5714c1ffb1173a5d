package io.limpid.version;

/**
 * The versions of Alpine and Wolfi packages, {@code 1.2.3a_rc1~c0ffee-r4}, in the order of apk-tools.
 *
 * <p>A text is read from the left into tokens: numbers between dots, a letter, suffixes with numbers, a commit hash, the revision {@code -rN}.
 * The first token that differs decides. Where one version goes on and the other does not, the longer is newer, unless it goes on with
 * {@code _alpha}, {@code _beta}, {@code _pre} or {@code _rc}. A number after a dot that starts with 0 is compared as text, as a fraction's digits
 * are: {@code 8.2.0015} is older than {@code 8.2.002}.
 *
 * <p>That is the order of apk-tools 3; apk-tools 2 agrees except about such fractions. Numbers after a letter ({@code 6.6.2p1}) are from
 * apk-tools 2: version 3 has no place for them, but packages have borne them. Like {@code apk version --test}, this orders texts outside of the
 * grammar too: what cannot be read makes a version older than the same without it, a missing number older than any. Such a version is not
 * {@link Version#reliable()}, since two of them may count as the same that are not.
 *
 * <p>Invalid is only what no apk version can hold: nothing at all, blanks, control characters and anything beyond ASCII.
 */
public final class ApkVersions implements VersionScheme {
    private static final String ID = "apk";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Version parse(String text) throws InvalidVersionException {
        if (text.isEmpty()) {
            throw new InvalidVersionException(ID, text, "it is empty");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                throw new InvalidVersionException(ID, text, "a character that no version has");
            }
        }
        return new ApkReader(text).version();
    }
}
