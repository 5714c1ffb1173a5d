package io.limpid.cli;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.limpid.facts.FactsFolder;
import io.limpid.facts.FactsStatus;
import io.limpid.format.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Shows and removes what is kept of layers that were scanned, and for starting; advisories are {@link DbCommand}'s. */
final class CacheCommand implements Command {
    private static final String STATUS = "status";
    private static final String CLEAN = "clean";

    @Override
    public String name() {
        return "cache";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(name());
        Usage.describe(
                spec,
                "Shows or removes what is kept so that layers need not be read again, and for a quick start.",
                "limpid cache status",
                "limpid cache clean");
        spec.usageMessage().customSynopsis("limpid cache COMMAND [OPTIONS]");
        spec.addSubcommand(STATUS, plain(STATUS, "Tells how much is kept, and whether it is as it was written."));
        return spec.addSubcommand(
                CLEAN,
                plain(CLEAN, "Removes all of it; the next scan reads its layers again, and starts more slowly."));
    }

    private static CommandSpec plain(String name, String sentence) {
        CommandSpec spec = CommandSpec.create().name(name);
        Usage.describe(spec, sentence, "limpid cache " + name);
        return spec.addOption(AdvisoryOptions.folder());
    }

    @Override
    public int run(ParseResult arguments, Console console) throws IOException {
        if (!arguments.hasSubcommand()) {
            throw UsageError.at(arguments, "cache what? (" + STATUS + ", " + CLEAN + ")");
        }
        ParseResult sub = arguments.subcommand();
        Path cache = AdvisoryOptions.folder(sub, console.environment());
        try (FactsFolder facts = new FactsFolder(cache, FactsFolder.DEFAULT_BOUND)) {
            // The launcher knows no --cache.
            Path start = CacheFolder.of(console.environment()).resolve(StartCache.FOLDER);
            return sub.commandSpec().name().equals(STATUS)
                    ? status(facts, start, console)
                    : clean(facts, start, console);
        }
    }

    private static int status(FactsFolder facts, Path start, Console console) throws IOException {
        FactsStatus status = facts.status();
        console.print("Folder     " + Printable.of(facts.folder().toString())
                + "\nEntries    " + status.entries()
                + "\nSize       " + amount(status.bytes()) + " of at most " + amount(status.bound())
                + "\nLast used  " + moment(status.oldest()) + " to " + moment(status.newest())
                + "\nDamaged    " + status.damaged().size() + "\n");
        for (Path file : status.damaged()) {
            console.print("DAMAGED    " + Printable.of(file.toString()) + "\n");
        }
        console.print("Start-up   " + amount(size(files(start))) + " in " + Printable.of(start.toString()) + "\n");
        return ExitCode.FINE;
    }

    private static int clean(FactsFolder facts, Path start, Console console) throws IOException {
        int entries = facts.clean();
        console.print("removed " + entries + (entries == 1 ? " entry" : " entries") + " from "
                + Printable.of(facts.folder().toString()) + "\n");
        List<Path> files = files(start);
        long size = size(files);
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        console.print("removed " + amount(size) + " from " + Printable.of(start.toString()) + "\n");
        return ExitCode.FINE;
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> StartCache.isOne(file) && Files.isRegularFile(file, NOFOLLOW_LINKS))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static long size(List<Path> files) throws IOException {
        long size = 0;
        for (Path file : files) {
            try {
                size += Files.size(file);
            } catch (NoSuchFileException _) {
                // Its maker has just renamed it.
            }
        }
        return size;
    }

    private static String amount(long bytes) {
        return bytes > 0 && bytes < 1 << 20
                ? (bytes + 1023) / 1024 + " KiB"
                : String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
    }

    private static String moment(@Nullable Instant moment) {
        return moment == null ? "-" : moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
