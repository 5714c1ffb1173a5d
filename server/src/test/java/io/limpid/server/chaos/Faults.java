package io.limpid.server.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Who is hit by what, and when: in an order and at moments that a seed gives. */
final class Faults {

    /** What happens. */
    enum Kind {
        KILL_SERVER,
        KILL_POSTGRES,
        STOP_SERVER
    }

    /** Longer than what is claimed, shorter than what a client waits. */
    private static final int STOPPED_MILLIS = 3_000;

    private static final int STOPPED_MORE_MILLIS = 1_000;
    private static final int DOWN_MILLIS = 500;
    /** By SIGKILL, as a shell tells it. */
    private static final int KILLED = 137;

    private final Stage stage;
    private final Tally tally;
    private final Options options;
    private final Random random;
    private final Map<Kind, Integer> done = new EnumMap<>(Kind.class);
    private final List<Double> postgresStarts = new ArrayList<>();
    private final List<Double> gaps = new ArrayList<>();
    private int ended;

    Faults(Stage stage, Tally tally, Options options) {
        this.stage = stage;
        this.tally = tally;
        this.options = options;
        this.random = new Random(options.seed());
    }

    /** Lets all happen, one after another, and comes back when all is well again. */
    void run() throws IOException, InterruptedException {
        List<Kind> plan = new ArrayList<>();
        plan.addAll(Collections.nCopies(options.servers(), Kind.KILL_SERVER));
        plan.addAll(Collections.nCopies(options.postgres(), Kind.KILL_POSTGRES));
        plan.addAll(Collections.nCopies(options.stops(), Kind.STOP_SERVER));
        Collections.shuffle(plan, random);
        long interval = options.over().toNanos() / Math.max(1, plan.size());
        long due = System.nanoTime();
        for (int i = 0; i < plan.size(); i++) {
            // One in five hits somebody who has not recovered from the one before.
            Machine machine = any();
            boolean isHasty = random.nextInt(5) == 0;
            due += interval;
            long left = due - System.nanoTime() - (long) (random.nextDouble() * interval / 2);
            if (isHasty) {
                Thread.sleep(random.nextInt(1000));
            } else {
                awaitHealth(machine);
                Thread.sleep(Math.max(random.nextInt(300), TimeUnit.NANOSECONDS.toMillis(left)));
            }
            happen(plan.get(i), machine);
            done.merge(plan.get(i), 1, Integer::sum);
            if ((i + 1) % 20 == 0) {
                System.out.println("# " + (i + 1) + " of " + plan.size() + " faults, "
                        + tally.broken().size() + " promises broken");
            }
        }
        awaitHealth();
    }

    private void happen(Kind kind, Machine machine) throws IOException, InterruptedException {
        if (!machine.isAlive()) {
            revive(machine);
        }
        switch (kind) {
            case KILL_SERVER -> {
                machine.kill();
                machine.restart();
            }
            case KILL_POSTGRES -> killPostgres();
            case STOP_SERVER -> {
                machine.stop();
                Thread.sleep(STOPPED_MILLIS + random.nextInt(STOPPED_MORE_MILLIS));
                machine.go();
            }
        }
    }

    private void killPostgres() throws IOException, InterruptedException {
        stage.cluster().crash();
        long crashed = System.nanoTime();
        Thread.sleep(random.nextInt(DOWN_MILLIS));
        long begun = System.nanoTime();
        stage.cluster().restart();
        postgresStarts.add((System.nanoTime() - begun) / 1e9);
        while (tally.lastAcknowledged() < begun) {
            if (System.nanoTime() - begun > TimeUnit.MINUTES.toNanos(2)) {
                throw new IOException("no change is acknowledged two minutes after PostgreSQL was started again");
            }
            Thread.sleep(5);
        }
        gaps.add((tally.lastAcknowledged() - crashed) / 1e9);
    }

    /** One that is well, if there is one: the other recovers meanwhile. */
    private Machine any() {
        Machine first = stage.machines().get(random.nextInt(stage.machines().size()));
        return first.isHealthy()
                ? first
                : stage.machines().stream()
                        .filter(Machine::isHealthy)
                        .findFirst()
                        .orElse(first);
    }

    /** Nobody here killed it: unless somebody else did, it should not have ended. */
    private void revive(Machine machine) throws IOException {
        ended++;
        int code = machine.code();
        String words = machine.name() + " ended with code " + code + ": " + machine.lastWords();
        System.out.println("# " + words);
        if (code != KILLED) {
            tally.broken(words);
        }
        machine.restart();
    }

    private void awaitHealth() throws IOException, InterruptedException {
        for (Machine machine : stage.machines()) {
            awaitHealth(machine);
        }
    }

    private void awaitHealth(Machine machine) throws IOException, InterruptedException {
        while (!machine.awaitHealth()) {
            revive(machine);
        }
    }

    int count(Kind kind) {
        return done.getOrDefault(kind, 0);
    }

    /** How many servers ended that nobody killed. */
    int ended() {
        return ended;
    }

    List<Double> postgresStarts() {
        return postgresStarts;
    }

    /** From each crash of PostgreSQL to the first change that was acknowledged after it was started again. */
    List<Double> gaps() {
        return gaps;
    }
}
