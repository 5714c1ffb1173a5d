package io.limpid.server.worker;

import java.time.Duration;

/**
 * How much a worker has to do at a moment.
 *
 * @param running how many layers are being read
 * @param waiting how many more wait for that
 * @param oldest how long the one that waits longest does; zero when none waits
 */
public record WorkerLoad(int running, int waiting, Duration oldest) {}
