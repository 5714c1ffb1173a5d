package io.limpid.server.api.v1;

import java.util.ArrayList;
import java.util.List;

/** A Go struct, or a pointer to one, with its JSON fields, in the order in which they are written. */
final class GoStruct implements GoType {
    private final String packageName;
    private final String name;
    private final List<Field> fields = new ArrayList<>();

    /**
     * A field of a struct.
     *
     * @param emptiness what is written when it is empty
     */
    record Field(String name, GoType type, Emptiness emptiness) {}

    /** How a field is written that is empty. */
    enum Emptiness {
        /** Not at all. */
        LEFT_OUT,
        /** As {@code null} when it was set: Go's pointer to a list. */
        NULL,
        /** As any other value. */
        WRITTEN
    }

    private GoStruct(String packageName, String name) {
        this.packageName = packageName;
        this.name = name;
    }

    static GoStruct of(String packageName, String name) {
        return new GoStruct(packageName, name);
    }

    /** Adds a field that is left out when it is empty. */
    GoStruct with(String field, GoType type) {
        return with(field, type, Emptiness.LEFT_OUT);
    }

    /** Adds a field; structs may contain each other, so that they cannot be made at once. */
    GoStruct with(String field, GoType type, Emptiness emptiness) {
        fields.add(new Field(field, type, emptiness));
        return this;
    }

    /** Another with the same fields, to which more may be added. */
    GoStruct copy() {
        GoStruct copy = new GoStruct(packageName, name);
        copy.fields.addAll(fields);
        return copy;
    }

    List<Field> fields() {
        return fields;
    }

    /** The name without that of its package. */
    String name() {
        return name;
    }

    /** The place of a field that we name ourselves. */
    int index(String field) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(field)) {
                return i;
            }
        }
        throw new IllegalArgumentException(name + " has no field " + field);
    }

    /** The place of the field that Go finds for a key, whatever its case; -1 for none. */
    int indexOfKey(String key) {
        String folded = folded(key);
        for (int i = 0; i < fields.size(); i++) {
            if (folded(fields.get(i).name()).equals(folded)) {
                return i;
            }
        }
        return -1;
    }

    /** As Go folds: besides the ASCII letters, the long s and the Kelvin sign are letters of names as ours. */
    private static String folded(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                c = (char) (c + 'a' - 'A');
            } else if (c == '\u017f') {
                c = 's';
            } else if (c == '\u212a') {
                c = 'k';
            }
            folded.append(c);
        }
        return folded.toString();
    }

    @Override
    public String goName() {
        return packageName + "." + name;
    }
}
