package io.limpid.version;

/**
 * The versions of Arch Linux packages, {@code [epoch:]version[-release]}, in the order of pacman's {@code vercmp}.
 *
 * <p>pacman looks at releases only where both versions have one, so that {@code 1.0} is the same as {@code 1.0-1} and as {@code 1.0-2}.
 * {@link #compare} answers so; in the order of versions, where that cannot be, no release comes before every other.
 *
 * <p>Of a part that ends in a separator ({@code 1.0.}) pacman says what contradicts itself. Like a text that makepkg would not take as a version
 * it has a place, but is not {@link Version#reliable()}. Invalid is nothing at all, blanks, control characters and anything beyond ASCII.
 */
final class AlpmVersions implements VersionScheme {
    private static final String ID = "alpm";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public AlpmVersion parse(String text) throws InvalidVersionException {
        if (text.isEmpty()) {
            throw new InvalidVersionException(ID, text, "it is empty");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                throw new InvalidVersionException(ID, text, "a character that no version has");
            }
        }
        Label label = Label.of(text);
        boolean ends = endsInRun(text, label.versionEnd()) && endsInRun(text, text.length());
        return new AlpmVersion(label, label.isRegular() && ends);
    }

    @Override
    public Order compare(String left, String right) {
        try {
            AlpmVersion first = parse(left);
            AlpmVersion second = parse(right);
            if (!first.reliable() || !second.reliable()) {
                return Order.UNDECIDED;
            }
            boolean releases = first.hasRelease() && second.hasRelease();
            return Order.of(releases ? first.compareTo(second) : first.compareWithoutRelease(second));
        } catch (InvalidVersionException _) {
            return Order.UNDECIDED;
        }
    }

    private static boolean endsInRun(String text, int end) {
        char last = end == 0 ? ' ' : text.charAt(end - 1);
        return Label.isDigit(last) || Label.isLetter(last);
    }
}
