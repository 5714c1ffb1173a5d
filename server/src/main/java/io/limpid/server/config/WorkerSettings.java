package io.limpid.server.config;

import java.nio.file.Path;
import java.util.List;

/**
 * Where layers may come from.
 *
 * @param localRoots folders in which the path of a layer may be a local file
 * @param strict whether private and loopback addresses are refused too, and bytes compared with a name that looks like a digest
 */
public record WorkerSettings(List<Path> localRoots, boolean strict) {}
