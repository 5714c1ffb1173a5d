package io.limpid.cli;

import io.limpid.bundle.SigningKey;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code limpid db keygen}: makes a pair of files, the secret one that signs bundles and the one that is given to those who import them. */
final class DbKeygen implements Command {
    private static final String SECRET = ".key";
    private static final String PUBLIC = ".pub";

    @Override
    public String name() {
        return "keygen";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(name());
        Usage.describe(spec, "Makes a key that signs bundles.", "limpid db keygen advisories");
        spec.usageMessage()
                .description(
                        "NAME.key is secret and signs (db export --key); NAME.pub is for those who import (db import"
                                + " --trust).")
                .customSynopsis("limpid db keygen NAME");
        return spec.addPositional(Usage.words());
    }

    @Override
    public int run(ParseResult arguments, Console console) throws IOException {
        List<String> words = Usage.words(arguments);
        if (words.size() != 1 || words.getFirst().isBlank()) {
            throw UsageError.at(arguments, "a key of what name? one is needed");
        }
        Path secret = path(words.getFirst() + SECRET, arguments);
        Path open = path(words.getFirst() + PUBLIC, arguments);
        if (Files.exists(open)) {
            throw thereAlready(open);
        }
        SigningKey key = SigningKey.generate();
        write(secret, key.pem(), PosixFilePermissions.fromString("rw-------"));
        write(open, key.verifying().pem(), PosixFilePermissions.fromString("rw-r--r--"));
        console.print("secret  " + secret + "\npublic  " + open + "\nid      "
                + key.verifying().id() + "\n");
        return ExitCode.FINE;
    }

    private static Path path(String name, ParseResult arguments) {
        try {
            return Path.of(name);
        } catch (InvalidPathException _) {
            throw UsageError.at(arguments, "no file can have the name " + name);
        }
    }

    /** Nobody else may read it at any instant, and none that is there is overwritten: data may have been signed with it. */
    private static void write(Path file, String text, Set<PosixFilePermission> permissions) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
        try {
            Files.createFile(file, attributes);
            Files.write(file, text.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException _) {
            throw thereAlready(file);
        }
    }

    private static LimpidException thereAlready(Path file) {
        return new LimpidException(
                ErrorCode.IO,
                "cannot make the key " + file,
                "there is something of that name already",
                "choose another name; a key that is in use is never replaced");
    }
}
