package io.limpid.testing;

import io.limpid.model.Limits;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;

/** The usual limits with some of them changed, whatever limits there are. */
public final class SomeLimits {
    private SomeLimits() {}

    /**
     * The limits with these values.
     *
     * @param changed by the names of the record's components
     */
    public static Limits with(Map<String, ? extends Number> changed) {
        RecordComponent[] components = Limits.class.getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        int found = 0;
        try {
            for (int i = 0; i < components.length; i++) {
                Number value = changed.get(components[i].getName());
                found += value == null ? 0 : 1;
                Number all =
                        value == null ? (Number) components[i].getAccessor().invoke(Limits.DEFAULT) : value;
                values[i] = types[i] == int.class ? (Object) all.intValue() : (Object) all.longValue();
            }
            if (found != changed.size()) {
                throw new IllegalArgumentException("no such limits: " + changed.keySet());
            }
            return Limits.class.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a public record can be read and made", e);
        }
    }
}
