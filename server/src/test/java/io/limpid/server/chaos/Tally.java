package io.limpid.server.chaos;

import io.limpid.server.chaos.Write.Sort;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What clients counted, and which promises they saw broken. */
final class Tally {
    private static final int MOST_BROKEN = 200;

    private final Map<Sort, LongAdder> acknowledged = new EnumMap<>(Sort.class);
    private final LongAdder read = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Map<String, LongAdder> reasons = new ConcurrentSkipListMap<>();
    private final LongAdder later = new LongAdder();
    private final LongAdder givenUp = new LongAdder();
    private final AtomicLong lastAcknowledged = new AtomicLong(System.nanoTime());
    private final List<String> broken = Collections.synchronizedList(new ArrayList<>());

    Tally() {
        for (Sort sort : Sort.values()) {
            acknowledged.put(sort, new LongAdder());
        }
    }

    /** A change was acknowledged after so many tries. */
    void acknowledged(Sort sort, int tries) {
        adder(sort).increment();
        if (tries > 2) {
            later.increment();
        }
        lastAcknowledged.accumulateAndGet(System.nanoTime(), Math::max);
    }

    private LongAdder adder(Sort sort) {
        LongAdder adder = acknowledged.get(sort);
        if (adder == null) {
            throw new IllegalStateException(sort.name());
        }
        return adder;
    }

    void read() {
        read.increment();
    }

    /** A try was not answered, or not with what was asked for, and why. */
    void failed(String why) {
        failed.increment();
        // Names, numbers and bodies make no other reason.
        String reason =
                why.lines().findFirst().orElse("").replaceAll("[/{].*", "").strip();
        reasons.computeIfAbsent(reason, _ -> new LongAdder()).increment();
    }

    /** How many tries failed by why. */
    Map<String, LongAdder> reasons() {
        return reasons;
    }

    /** A change was left without knowing whether it was done. */
    void givenUp() {
        givenUp.increment();
    }

    void broken(String promise) {
        if (broken.size() < MOST_BROKEN) {
            broken.add(promise);
        }
    }

    List<String> broken() {
        synchronized (broken) {
            return List.copyOf(broken);
        }
    }

    long count(Sort sort) {
        return adder(sort).sum();
    }

    long reads() {
        return read.sum();
    }

    long failures() {
        return failed.sum();
    }

    /** Changes that were acknowledged at the third try or later. */
    long late() {
        return later.sum();
    }

    long unknown() {
        return givenUp.sum();
    }

    /** When a change was acknowledged last, as {@link System#nanoTime}. */
    long lastAcknowledged() {
        return lastAcknowledged.get();
    }
}
