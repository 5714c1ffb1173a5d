import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Puts the jars of a class path into one, made for a fast start: {@code OneJar OUTPUT ID JAR FOLDER}, where JAR wins over those in FOLDER.
 *
 * <p>Each jar of a class path is opened and checked at every start, and one is checked faster than twenty. Of a multi-release jar the
 * classes for every release are taken: those that zstd-jni has for newer ones call native code by method handles, which cost 60 ms to make
 * in each process. Class files of a version older than Java 6, which no archive of prepared classes takes in, get the version of Java 17
 * and the stack maps that it asks for. Nothing is deflated, and no file tells when it was made: the same jars give the same bytes.
 *
 * <p>ID is a file for the digest of the result: java does not notice that its archive of classes is of another jar (JDK 25.0.3 checks only
 * its own module image), so the archive is named after the digest.
 */
public class OneJar {
    /** The first version whose classes are checked by stack maps and may be archived. */
    private static final int STACK_MAPS = 50;

    private static final int LIFTED = ClassFile.JAVA_17_VERSION;
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final Pattern LEGAL = Pattern.compile("META-INF/[^/]*(LICEN[SC]E|NOTICE|COPYING)[^/]*");

    private final Map<String, byte[]> files = new TreeMap<>();

    public static void main(String[] arguments) throws IOException, NoSuchAlgorithmException {
        OneJar jar = new OneJar();
        jar.add(Path.of(arguments[2]));
        try (Stream<Path> libraries = Files.list(Path.of(arguments[3]))) {
            for (Path library : libraries.sorted().toList()) {
                jar.add(library);
            }
        }
        jar.lift();
        jar.writeOut();
        Path output = Path.of(arguments[0]);
        // Whoever stops between the two leaves a jar without a name rather than with the name of another.
        Files.deleteIfExists(Path.of(arguments[1]));
        jar.write(output);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(output));
        Files.writeString(Path.of(arguments[1]), HexFormat.of().formatHex(digest, 0, 12) + "\n");
    }

    private void add(Path file) throws IOException {
        String library = file.getFileName().toString().replaceFirst("\\.jar$", "");
        try (JarFile jar = new JarFile(file.toFile())) {
            for (JarEntry entry :
                    jar.stream().filter(entry -> !entry.isDirectory()).toList()) {
                add(library, entry.getName(), jar.getInputStream(entry).readAllBytes());
            }
        }
    }

    private void add(String library, String name, byte[] content) {
        if (LEGAL.matcher(name).matches()) {
            // What the licences ask for: the texts of all of them.
            files.put("META-INF/legal/" + library + "/" + name.substring(name.lastIndexOf('/') + 1), content);
        } else if (name.startsWith("META-INF/services/")) {
            files.merge(name, content, OneJar::lines);
        } else if (!name.startsWith("META-INF/") && !name.endsWith("module-info.class")) {
            files.putIfAbsent(name, content);
        }
    }

    private static byte[] lines(byte[] first, byte[] second) {
        return (new String(first, StandardCharsets.UTF_8).stripTrailing() + "\n"
                        + new String(second, StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
    }

    private ClassFile classFile() {
        ClassHierarchyResolver hierarchy = ClassHierarchyResolver.ofResourceParsing(type -> {
                    String name = type.descriptorString();
                    byte[] content = files.get(name.substring(1, name.length() - 1) + ".class");
                    return content == null ? null : new ByteArrayInputStream(content);
                })
                .orElse(ClassHierarchyResolver.defaultResolver())
                .cached();
        return ClassFile.of(
                ClassFile.StackMapsOption.GENERATE_STACK_MAPS, ClassFile.ClassHierarchyResolverOption.of(hierarchy));
    }

    /** Our own classes with the code that would be made at run time. */
    private void writeOut() {
        ClassFile classes = classFile();
        files.replaceAll((name, content) ->
                name.startsWith("io/limpid/") && name.endsWith(".class") ? StaticCode.of(content, classes) : content);
    }

    private void lift() {
        ClassFile classes = classFile();
        List<String> old = new ArrayList<>();
        files.forEach((name, content) -> {
            if (name.endsWith(".class") && version(content) < STACK_MAPS) {
                old.add(name);
            }
        });
        // Going through the bodies makes them be written anew, with stack maps; what is passed on as it is gets none.
        ClassTransform anew = ClassTransform.transformingMethodBodies((builder, element) -> builder.with(element))
                .andThen(ClassTransform.endHandler(builder -> builder.withVersion(LIFTED, 0)));
        Map<String, byte[]> lifted = new TreeMap<>();
        for (String name : old) {
            lifted.put(name, classes.transformClass(classes.parse(files.get(name)), anew));
        }
        files.putAll(lifted);
    }

    private static int version(byte[] classFile) {
        return (classFile[6] & 0xff) << 8 | (classFile[7] & 0xff);
    }

    private void write(Path output) throws IOException {
        Files.createDirectories(output.getParent());
        try (OutputStream out = Files.newOutputStream(output);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setMethod(ZipOutputStream.STORED);
            put(zip, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                put(zip, file.getKey(), file.getValue());
            }
        }
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
    }
}
