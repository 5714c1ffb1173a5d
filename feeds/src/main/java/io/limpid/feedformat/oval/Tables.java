package io.limpid.feedformat.oval;

import io.limpid.feed.FeedException;
import io.limpid.feed.FeedXml;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tests of a document with the objects and states that they point at. */
final class Tables {
    private static final int NAME_CHARACTERS = 200;
    private static final String EQUALS = "equals";

    /**
     * A test.
     *
     * @param kind its element's name: {@code rpminfo_test}
     * @param check how many of the objects must be in the state
     * @param existence how many objects there must be
     * @param comment what it says for people, null when the criteria say the same
     * @param object the object's number, {@link #NONE} for none
     * @param state that of the state
     * @param states how many states there are
     */
    record Test(
            String kind,
            String check,
            String existence,
            @Nullable String comment,
            long object,
            long state,
            int states) {
        /** The objects must not be there, or none of them may be in the state. */
        boolean isNone() {
            return check.equals("none satisfy") || existence.equals("none_exist");
        }
    }

    /**
     * How something must be.
     *
     * @param signature whether it must be signed with a certain key
     * @param odd something else that is asked for, null when there is nothing else
     */
    record State(
            @Nullable Entity evr,
            @Nullable Entity version,
            @Nullable Entity release,
            @Nullable Entity arch,
            @Nullable Entity text,
            boolean signature,
            @Nullable String odd) {}

    /**
     * How one property must stand to a value.
     *
     * @param operation {@code less than}
     */
    record Entity(String operation, String value) {}

    static final long NONE = Long.MIN_VALUE;

    private final Held held;
    private final Map<Long, Test> tests = new HashMap<>();
    private final Map<Long, String> objects = new HashMap<>();
    private final Map<Long, State> states = new HashMap<>();
    private final Map<State, State> pool = new HashMap<>();

    Tables(Held held) {
        this.held = held;
    }

    boolean isEmpty() {
        return tests.isEmpty();
    }

    @Nullable
    Test test(long number) {
        return tests.get(number);
    }

    /** The name of the package or the path of the file that an object is; empty when it names none or there is no such object. */
    String object(long number) {
        return objects.getOrDefault(number, "");
    }

    @Nullable
    State state(long number) {
        return states.get(number);
    }

    void readTest(String kind, FeedXml xml) throws IOException {
        String id = xml.attribute("id");
        if (id == null) {
            return;
        }
        String check = xml.attribute("check");
        String existence = xml.attribute("check_existence");
        String comment = kind.equals("rpminfo_test") ? null : xml.attribute("comment");
        long[] refs = {NONE, NONE, 0};
        xml.children(name -> {
            if (name.equals("object")) {
                refs[0] = number(xml.attribute("object_ref"));
            } else if (name.equals("state")) {
                refs[1] = number(xml.attribute("state_ref"));
                refs[2]++;
            }
        });
        held.entry();
        tests.put(
                held.number(id),
                new Test(
                        held.pooled(kind),
                        held.pooled(check == null ? "" : check),
                        held.pooled(existence == null ? "" : existence),
                        comment == null ? null : held.pooled(comment),
                        refs[0],
                        refs[1],
                        (int) Math.min(refs[2], Integer.MAX_VALUE)));
    }

    private long number(@Nullable String ref) throws FeedException {
        return ref == null ? NONE : held.number(ref);
    }

    void readObject(FeedXml xml) throws IOException {
        String id = xml.attribute("id");
        if (id == null) {
            return;
        }
        StringBuilder found = new StringBuilder();
        xml.children(name -> {
            if (name.equals("name") || name.equals("filepath")) {
                String operation = xml.attribute("operation");
                // A pattern or a variable names nothing that can be looked up.
                boolean plain = (operation == null || operation.equals(EQUALS)) && xml.attribute("var_ref") == null;
                String text = plain ? xml.text().strip() : "";
                found.append(text.length() <= NAME_CHARACTERS ? text : "");
            }
        });
        held.entry();
        objects.put(held.number(id), held.pooled(found.toString()));
    }

    void readState(FeedXml xml) throws IOException {
        String id = xml.attribute("id");
        if (id == null) {
            return;
        }
        StateReading reading = new StateReading();
        xml.children(name -> reading.entity(name, xml));
        State state = reading.state();
        held.entry();
        State known = pool.putIfAbsent(state, state);
        states.put(held.number(id), known == null ? state : known);
    }

    /** A state while it is read. */
    private final class StateReading {
        private final Map<String, Entity> entities = new HashMap<>();
        private boolean signature;
        private @Nullable String odd;

        void entity(String name, FeedXml xml) throws IOException {
            String operation = xml.attribute("operation");
            String variable = xml.attribute("var_ref");
            String value = xml.text().strip();
            switch (name) {
                case "signature_keyid" -> signature = true;
                case "evr", "version", "release", "arch", "text" -> {
                    if (variable != null) {
                        odd = held.pooled(name + " in a variable");
                    } else {
                        entities.put(
                                name,
                                new Entity(
                                        held.pooled(operation == null ? EQUALS : operation),
                                        held.pooled(name.equals("evr") ? Evr.withoutBlank(value) : value)));
                    }
                }
                default -> odd = held.pooled(name);
            }
        }

        State state() {
            return new State(
                    entities.get("evr"),
                    entities.get("version"),
                    entities.get("release"),
                    entities.get("arch"),
                    entities.get("text"),
                    signature,
                    odd);
        }
    }
}
