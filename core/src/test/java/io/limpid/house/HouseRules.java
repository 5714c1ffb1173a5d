package io.limpid.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The house's rules, each with its reason: who may know whom, and what is nowhere done.
 *
 * <p>A rule says nothing of a room that has no class yet. {@link HouseRulesTest} shows that each of them can fail.
 */
public final class HouseRules {
    private final String root;

    private HouseRules(String root) {
        this.root = root;
    }

    /** The rules for classes below a package: {@code io.limpid}, or that of classes which are wrong on purpose. */
    public static HouseRules under(String root) {
        return new HouseRules(root);
    }

    /** What the module whose test runs has compiled for shipping; neither tests nor other modules. */
    public static JavaClasses compiledHere() {
        return new ClassFileImporter().importPath(Path.of("target", "classes"));
    }

    /** All rules, by a name that a test report can show. */
    public Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new TreeMap<>();
        for (Room room : Room.all()) {
            rules.put("arrows of " + room.name(), arrows(room));
        }
        for (String parent : List.of("detect", "feed")) {
            rules.put("no siblings in " + parent, noSiblings(parent));
        }
        rules.put("no circles", noCircles());
        rules.put("java.sql only in the store", sqlOnlyInTheStore());
        rules.put("no foreign objects", noForeignObjects());
        rules.put("no processes in core", noProcessesInCore());
        rules.put("exit only in a main", exitOnlyInAMain());
        rules.put("names", names());
        rules.put("lists named at the ends only", listsNamedAtTheEndsOnly());
        return rules;
    }

    private ArchRule arrows(Room room) {
        String allowed = room.mayKnow().isEmpty() ? "nothing of ours" : String.join(", ", room.mayKnow());
        String[] packages = Stream.concat(Stream.of(room.name() + ".."), room.mayKnow().stream())
                .map(this::ours)
                .toArray(String[]::new);
        DescribedPredicate<JavaClass> known =
                resideOutsideOfPackages(root + "..").or(resideInAnyPackage(packages));
        return ArchRuleDefinition.classes()
                .that()
                .resideInAPackage(ours(room.name() + ".."))
                .should()
                .onlyDependOnClassesThat(known.as("are of %s itself or of: %s", room.name(), allowed))
                .because(room.why())
                .allowEmptyShould(true);
    }

    private ArchRule noSiblings(String parent) {
        return slices().matching(ours(parent + ".(*).."))
                .should()
                .notDependOnEachOther()
                .allowEmptyShould(true)
                .because("an extension is added, changed and deleted alone; what two share belongs to their parent or"
                        + " to the ground");
    }

    private ArchRule noCircles() {
        return slices().matching(root + ".(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(
                        DescribedPredicate.describe("the lists", this::isList), DescribedPredicate.alwaysTrue())
                .because("packages in a circle are one package in disguise; only the lists name what lives below them")
                .allowEmptyShould(true);
    }

    private ArchRule sqlOnlyInTheStore() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(ours("server.store.."))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..")
                .allowEmptyShould(true)
                .because("storage stands between the arrows, never inside: a scan runs without a database");
    }

    private ArchRule noForeignObjects() {
        return noClasses()
                .should()
                .dependOnClassesThat(name("java.io.ObjectInputStream"))
                .allowEmptyShould(true)
                .because("to deserialize what others wrote is to run what others wrote");
    }

    private ArchRule noProcessesInCore() {
        return noClasses()
                .that()
                .resideInAnyPackage(Room.core().map(room -> ours(room + "..")).toArray(String[]::new))
                .should()
                .dependOnClassesThat(name("java.lang.ProcessBuilder"))
                .orShould()
                .callMethodWhere(DescribedPredicate.describe(
                        "Runtime.exec",
                        call -> call.getTargetOwner().getName().equals("java.lang.Runtime")
                                && call.getName().equals("exec")))
                .allowEmptyShould(true)
                .because("a scan reads the image and the feeds, and starts nothing; no name out of an archive becomes a"
                        + " command");
    }

    private ArchRule exitOnlyInAMain() {
        return noClasses()
                .that()
                .doNotHaveSimpleName("Main")
                .should()
                .callMethod(System.class, "exit", int.class)
                .allowEmptyShould(true)
                .because("the exit code is decided in one place, after everything was written and closed");
    }

    private ArchRule names() {
        return noClasses()
                .should()
                .haveNameMatching(".*(Impl|Utils?|Manager|Helper)(\\$.*)?")
                .allowEmptyShould(true)
                .because("such a name says nothing of the domain; a helper's method moves to the type whose data it"
                        + " uses");
    }

    private ArchRule listsNamedAtTheEndsOnly() {
        List<ArchRule> rules = new ArrayList<>();
        DescribedPredicate<JavaClass> ends = resideInAnyPackage(ours("cli.."), ours("bench.."))
                .or(nameMatching(Pattern.quote(root) + "\\.server\\.Main(\\$.*)?"));
        for (ListCompleteness.Extension extension : ListCompleteness.EXTENSIONS) {
            String list = root + extension.list().substring("io.limpid".length());
            String home = list.substring(0, list.lastIndexOf('.'));
            rules.add(noClasses()
                    .that(DescribedPredicate.not(ends.or(resideInAPackage(home))))
                    .should()
                    .dependOnClassesThat(name(list))
                    .allowEmptyShould(true));
        }
        return CompositeArchRule.of(rules)
                .because("only the two ends put the house together; whoever else works with the interface can be given"
                        + " any list");
    }

    private boolean isList(JavaClass type) {
        return ListCompleteness.EXTENSIONS.stream()
                .anyMatch(extension ->
                        type.getName().equals(root + extension.list().substring("io.limpid".length())));
    }

    private String ours(String name) {
        return root + "." + name;
    }
}
