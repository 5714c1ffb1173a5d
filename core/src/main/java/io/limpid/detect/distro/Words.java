package io.limpid.detect.distro;

/** The forms of names and versions that are believed. */
final class Words {
    private Words() {}

    /** Whether {@code text} is what os-release(5) allows as ID: lower-case letters, digits and {@code . _ -}. */
    static boolean isLower(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> isLowerOrDigit(c) || "._-".indexOf(c) >= 0);
    }

    /** Whether {@code text} may be a VERSION_ID: as an ID, but real ones have capitals and {@code + ~} too. */
    static boolean isVersion(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> isLowerOrDigit(c) || (c >= 'A' && c <= 'Z') || "._-+~".indexOf(c) >= 0);
    }

    /** Whether {@code text} is a version that starts with a digit. */
    static boolean isNumbered(String text) {
        return isVersion(text) && text.charAt(0) >= '0' && text.charAt(0) <= '9';
    }

    private static boolean isLowerOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
}
