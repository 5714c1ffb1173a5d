package io.limpid.server.config;

import io.limpid.format.Nearest;
import io.limpid.format.Printable;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.server.config.Key.Trait;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What every key is set to, and where.
 *
 * <p>The file is Clair's: one map {@code clair} with the sections database, api, worker, updater and notifier. A section that is there
 * without a value switches its service off.
 */
public final class Configuration {
    private static final String ROOT = "clair";
    private static final String STANDARD = "default";
    private static final Set<String> SERVICES = Set.of("api", "updater", "notifier");
    /** Below it Clair keeps settings of senders of its users' own. */
    private static final String SENDERS = "notifier.";

    private final @Nullable YamlFile file;
    private final Map<Key<?>, Setting<?>> settings = new LinkedHashMap<>();
    private final Set<String> off;
    private final List<String> remarks;

    private Configuration(@Nullable YamlFile file, Set<String> off, List<String> remarks) {
        this.file = file;
        this.off = Set.copyOf(off);
        this.remarks = remarks;
    }

    /** What counts without a file. */
    public static Configuration standard() {
        try {
            return of(null);
        } catch (LimpidException e) {
            throw new IllegalStateException("a default is none", e);
        }
    }

    /**
     * Reads a file.
     *
     * @throws LimpidException with file and line, for what is no configuration, an unknown key or a value that is none
     */
    public static Configuration read(Path file) throws LimpidException {
        return of(YamlFile.read(file));
    }

    static Configuration of(@Nullable YamlFile file) throws LimpidException {
        Set<String> off = new HashSet<>();
        List<String> remarks = new ArrayList<>();
        if (file != null) {
            check(file, off, remarks);
        }
        if (file == null) {
            remarks.add("without a file only this machine is let in, and only who shows a token may change something");
        }
        Configuration configuration = new Configuration(file, off, remarks);
        for (Key<?> key : Keys.all()) {
            configuration.settings.put(key, setting(key, file));
        }
        configuration.remarkOnOverriddenKeys();
        return configuration;
    }

    /** Whether there is a file. */
    public boolean hasFile() {
        return file != null;
    }

    /** Whether a service runs: its section is not there, or has something in it. */
    boolean isOn(String service) {
        return !off.contains(service);
    }

    /** What a key is set to; null when it is not, and has no default. */
    <T> @Nullable T get(Key<T> key) {
        @SuppressWarnings("unchecked") // put in by setting(key), which reads by the key's own form
        Setting<T> setting = (Setting<T>) settings.get(key);
        return setting == null ? null : setting.value();
    }

    /** What a key with a default is set to. */
    <T> T require(Key<T> key) {
        T value = get(key);
        if (value == null) {
            throw new IllegalStateException(key.path() + " has no default");
        }
        return value;
    }

    boolean isSet(Key<?> key) {
        Setting<?> setting = settings.get(key);
        return setting != null && !setting.origin().equals(STANDARD);
    }

    private void remarkOnOverriddenKeys() {
        if (isSet(Keys.V3_ADDRESS)) {
            remarks.add("api.addr is the address of API v3, which is not part of this version");
        }
        remarkOn(Keys.API_PORT, Keys.V1_ADDRESS);
        remarkOn(Keys.HEALTH_PORT, Keys.HEALTH_ADDRESS);
        remarkOn(Keys.OPTIONS_PAGINATION_KEY, Keys.PAGINATION_KEY);
    }

    private void remarkOn(Key<?> overridden, Key<?> by) {
        if (isSet(overridden) && isSet(by)) {
            remarks.add(overridden.path() + " does nothing beside " + by.path());
        }
    }

    /** A failure found elsewhere, with the place where the first of the keys is set that it may be about. */
    public LimpidException located(LimpidException found, List<String> keys) {
        for (Key<?> key : Keys.all()) {
            YamlFile.Entry entry = file == null ? null : file.entries().get(ROOT + "." + key.path());
            if (file != null && entry != null && isSet(key) && keys.contains(key.path())) {
                return file.failure(entry.line(), String.valueOf(found.reason()), found.hint());
            }
        }
        return found;
    }

    /** A failure that points to where a key is set. */
    LimpidException failure(Key<?> key, String reason, String hint) {
        YamlFile.Entry entry = file == null ? null : file.entries().get(ROOT + "." + key.path());
        if (file == null || entry == null) {
            return new LimpidException(ErrorCode.USAGE, "reading the configuration", key.path() + ": " + reason, hint);
        }
        return file.failure(entry.line(), key.path() + ": " + reason, hint);
    }

    /** What the user should know of the file: keys that do nothing, services that are off. */
    public List<String> remarks() {
        return List.copyOf(remarks);
    }

    /** Every key with its value and where that comes from, a line each; passwords and keys are not shown. */
    public List<String> listing() {
        List<String> lines = new ArrayList<>();
        int width =
                Keys.all().stream().mapToInt(key -> key.path().length()).max().orElse(0);
        settings.forEach((key, setting) -> {
            if (!key.is(Trait.UNUSED) || !setting.origin().equals(STANDARD)) {
                boolean hidden = key.is(Trait.SECRET) && !setting.text().isEmpty();
                String value =
                        hidden ? "(not shown)" : setting.text().isEmpty() ? "(not set)" : Printable.of(setting.text());
                lines.add(key.path() + " ".repeat(width - key.path().length()) + " = " + value + "   ("
                        + setting.origin() + (key.is(Trait.UNUSED) ? ", not used" : "") + ")");
            }
        });
        remarks.forEach(remark -> lines.add("note: " + remark));
        return lines;
    }

    private static <T> Setting<T> setting(Key<T> key, @Nullable YamlFile file) throws LimpidException {
        YamlFile.Entry entry = file == null ? null : file.entries().get(ROOT + "." + key.path());
        if (file == null || entry == null || entry.texts() == null || isEmptyText(entry)) {
            T standard = key.standard().isEmpty() ? null : key.form().reader().apply(List.of(key.standard()));
            return new Setting<>(standard, key.standard(), STANDARD);
        }
        boolean fits = entry.isList() == key.form().isList();
        T value = fits ? key.form().reader().apply(entry.texts()) : null;
        if (value == null) {
            throw file.failure(
                    entry.line(),
                    key.path() + " is " + shown(key, entry) + ", but has to be "
                            + key.form().words(),
                    null);
        }
        String text = entry.isList() ? entry.texts().toString() : entry.texts().getFirst();
        return new Setting<>(value, text, file.name() + ":" + entry.line());
    }

    private static boolean isEmptyText(YamlFile.Entry entry) {
        return !entry.isList()
                && entry.texts() != null
                && entry.texts().getFirst().isEmpty();
    }

    private static String shown(Key<?> key, YamlFile.Entry entry) {
        if (key.is(Trait.SECRET) || entry.texts() == null) {
            return "something else";
        }
        return entry.isList() ? "a list" : '"' + Printable.excerpt(entry.texts().getFirst(), 60) + '"';
    }

    private static void check(YamlFile file, Set<String> off, List<String> remarks) throws LimpidException {
        Set<String> known = new TreeSet<>();
        Set<String> sections = new TreeSet<>();
        for (Key<?> key : Keys.all()) {
            known.add(key.path());
            for (int dot = key.path().indexOf('.'); dot >= 0; dot = key.path().indexOf('.', dot + 1)) {
                sections.add(key.path().substring(0, dot));
            }
        }
        for (Map.Entry<String, YamlFile.Entry> each : file.entries().entrySet()) {
            String path = each.getKey();
            YamlFile.Entry entry = each.getValue();
            if (path.equals(ROOT) && (entry.isMap() || entry.texts() == null)) {
                continue;
            }
            if (!path.startsWith(ROOT + ".")) {
                throw file.failure(
                        entry.line(),
                        "the file has " + Printable.excerpt(path, 60) + " beside the one map clair",
                        "all keys stand below clair:");
            }
            String key = path.substring(ROOT.length() + 1);
            if (sections.contains(key)) {
                checkSection(file, key, entry, off, remarks);
            } else if (isOfAnotherSender(key, entry)) {
                if (entry.isMap() && key.lastIndexOf('.') < SENDERS.length()) {
                    remarks.add(key + " is a sender that is not here, and does nothing");
                }
            } else if (!known.contains(key)) {
                throw file.failure(
                        entry.line(), unknown(key, known, sections), "limpid server --check-config lists all keys");
            } else if (entry.isMap()) {
                throw file.failure(entry.line(), key + " has no keys below it", null);
            }
        }
    }

    private static void checkSection(
            YamlFile file, String section, YamlFile.Entry entry, Set<String> off, List<String> remarks)
            throws LimpidException {
        if (entry.isMap()) {
            return;
        }
        if (entry.texts() != null) {
            throw file.failure(entry.line(), section + " has to have keys below it", null);
        }
        if (SERVICES.contains(section)) {
            off.add(section);
            remarks.add(section + " is empty, so that service is off");
        }
    }

    private static boolean isOfAnotherSender(String key, YamlFile.Entry entry) {
        return key.startsWith(SENDERS)
                && !key.startsWith("notifier.http.")
                && (entry.isMap() || key.indexOf('.', SENDERS.length()) > 0);
    }

    private static String unknown(String key, Set<String> known, Set<String> sections) {
        int dot = key.lastIndexOf('.');
        String section = dot < 0 ? "" : key.substring(0, dot + 1);
        Set<String> beside = Stream.concat(known.stream(), sections.stream())
                .filter(path -> path.startsWith(section) && path.indexOf('.', section.length()) < 0)
                .map(path -> path.substring(section.length()))
                .collect(Collectors.toCollection(TreeSet::new));
        if (beside.isEmpty()) {
            return Nearest.unknown("key", key, known);
        }
        return Nearest.unknown(
                "key" + (section.isEmpty() ? "" : " below " + section.substring(0, section.length() - 1)),
                key.substring(section.length()),
                beside);
    }
}
