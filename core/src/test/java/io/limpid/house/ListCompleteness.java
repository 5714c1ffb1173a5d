package io.limpid.house;

import static java.util.stream.Collectors.toSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.limpid.model.Limits;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds extensions that were written and then forgotten: a class that is in no list is never run. */
public final class ListCompleteness {

    /** The extension points. A line here also says which class is a list, for {@link HouseRules}. */
    static final List<Extension> EXTENSIONS = List.of(
            new Extension("io.limpid.image.ImageSource", "io.limpid.image.ImageSources", Presence.CORE),
            new Extension("io.limpid.detect.Detector", "io.limpid.detect.Detectors", Presence.CORE),
            new Extension("io.limpid.version.VersionScheme", "io.limpid.version.VersionSchemes", Presence.CORE),
            new Extension("io.limpid.report.ReportWriter", "io.limpid.report.ReportWriters", Presence.CORE),
            new Extension("io.limpid.feed.Feed", "io.limpid.feed.Feeds", Presence.LATER));

    /** Whether a module without the extension point is at fault. */
    enum Presence {
        /** Module core must have it: a renamed interface would else silence the test. */
        CORE,
        /** It is not there yet, or in a module of its own. */
        LATER
    }

    /** An interface and the class whose static {@code all()} lists what implements it. */
    record Extension(String point, String list, Presence presence) {}

    private ListCompleteness() {}

    /** The concrete classes among {@code classes} that implement {@code point} and are in nobody's {@code all()}. */
    public static Set<String> missing(JavaClasses classes, String point, String... lists)
            throws ReflectiveOperationException {
        Set<String> missing = new TreeSet<>();
        for (JavaClass type : classes) {
            boolean concrete = !type.isInterface() && !type.getModifiers().contains(JavaModifier.ABSTRACT);
            if (concrete && !type.isAnonymousClass() && type.isAssignableTo(point)) {
                missing.add(type.getName());
            }
        }
        for (String list : lists) {
            missing.removeAll(listed(Class.forName(list)));
        }
        return missing;
    }

    /** Whether the class path has the extension point and its list. */
    static boolean exists(Extension extension) {
        try {
            Class.forName(extension.point());
            Class.forName(extension.list());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static Set<String> listed(Class<?> list) throws ReflectiveOperationException {
        Method method = Arrays.stream(list.getMethods())
                .filter(one -> one.getName().equals("all"))
                .findFirst()
                .orElseThrow(() -> new NoSuchMethodException(list + " has no all()"));
        // A list whose extensions are bounded takes the bounds.
        Object[] arguments = method.getParameterCount() == 0 ? new Object[0] : new Object[] {Limits.DEFAULT};
        Collection<?> all = (Collection<?>) method.invoke(null, arguments);
        return all.stream().map(one -> one.getClass().getName()).collect(toSet());
    }
}
