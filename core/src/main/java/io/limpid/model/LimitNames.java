package io.limpid.model;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The names by which messages tell of limits and people change them: {@code layer-bytes} is {@link Limits#layerBytes}.
 *
 * <p>A message on a limit says {@code (limit NAME)}, so that whoever knows that a larger value is right finds what to change.
 */
public final class LimitNames {
    private LimitNames() {}

    /** All of them, in the order of {@link Limits}. */
    public static List<String> all() {
        List<String> names = new ArrayList<>();
        for (RecordComponent component : Limits.class.getRecordComponents()) {
            names.add(name(component));
        }
        return names;
    }

    /**
     * The same limits with another value of one.
     *
     * @throws IllegalArgumentException when there is no limit of that name, or its value cannot be so small or large; the message says what can be
     */
    public static Limits with(Limits limits, String name, long value) {
        RecordComponent[] components = Limits.class.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        boolean found = false;
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                values[i] = components[i].getAccessor().invoke(limits);
                if (name(components[i]).equals(name)) {
                    found = true;
                    values[i] = checked(name, value, types[i]);
                }
            }
            if (!found) {
                throw new IllegalArgumentException("there is no limit " + name);
            }
            return Limits.class.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a public record can be read and made", e);
        }
    }

    private static Number checked(String name, long value, Class<?> type) {
        long most = type == int.class ? Integer.MAX_VALUE : Long.MAX_VALUE;
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " is a number from 1 to " + most);
        }
        return type == int.class ? (Number) (int) value : (Number) value;
    }

    private static String name(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
