package io.limpid.version;

import java.util.Set;

/** The order of the versions of one ecosystem, and which texts are versions there. */
public interface VersionScheme {
    /** What stands for a scheme where there is none: it reads no version, and decides nothing. */
    VersionScheme UNKNOWN = new VersionScheme() {
        @Override
        public String id() {
            return "unknown";
        }

        @Override
        public Version parse(String text) throws InvalidVersionException {
            throw new InvalidVersionException(id(), text, "the order of such versions is not known");
        }
    };

    /** The name of the scheme: {@code deb}. */
    String id();

    /** The package-url types of the packages whose versions it orders: mostly one, called as the scheme is. */
    default Set<String> packageTypes() {
        return Set.of(id());
    }

    /**
     * Reads a version.
     *
     * @throws InvalidVersionException when the text has no place in this order; nothing else is thrown, whatever the text
     */
    Version parse(String text) throws InvalidVersionException;

    /**
     * How one version stands to another, decided only where both are {@link Version#reliable()}.
     *
     * <p>This is the comparison to match with: a version that cannot be read is {@link Order#UNDECIDED}, never equal to or newer than another.
     */
    default Order compare(String left, String right) {
        try {
            Version first = parse(left);
            Version second = parse(right);
            return first.reliable() && second.reliable() ? Order.of(first.compareTo(second)) : Order.UNDECIDED;
        } catch (InvalidVersionException e) {
            return Order.UNDECIDED;
        }
    }
}
