package io.limpid.server;

import io.limpid.format.Nearest;
import io.limpid.format.Printable;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command line as Go's flag package reads it, which is how Clair is started: {@code -x VALUE}, {@code -x=VALUE}, with one dash or two;
 * a switch takes no value unless by {@code =}.
 *
 * @param values by the flag's name; of one that is there several times the last
 * @param rest what is no flag
 */
record Flags(Map<String, String> values, List<String> rest) {

    /**
     * A flag.
     *
     * @param value what its value is, for the help; empty for a switch
     */
    record Flag(String name, String value, String meaning) {}

    /** Reads the words after a command. */
    static Flags parse(String command, List<String> words, List<Flag> known) throws LimpidException {
        Map<String, String> values = new HashMap<>();
        List<String> rest = new ArrayList<>();
        boolean flagsOver = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (flagsOver || !word.startsWith("-") || word.equals("-")) {
                rest.add(word);
                continue;
            }
            if (word.equals("--")) {
                flagsOver = true;
                continue;
            }
            String bare = word.substring(word.startsWith("--") ? 2 : 1);
            int equals = bare.indexOf('=');
            Flag flag = flag(command, equals < 0 ? bare : bare.substring(0, equals), known);
            if (equals >= 0) {
                String value = bare.substring(equals + 1);
                values.put(flag.name, flag.value.isEmpty() ? onOrOff(command, flag, value) : value);
            } else if (flag.value.isEmpty()) {
                values.put(flag.name, "true");
            } else if (++i < words.size()) {
                values.put(flag.name, words.get(i));
            } else {
                throw usage(command, "-" + flag.name + " needs " + flag.value);
            }
        }
        return new Flags(Map.copyOf(values), List.copyOf(rest));
    }

    /** A flag's value, if it was given. */
    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Whether a switch is on. */
    boolean isOn(String name) {
        return Boolean.parseBoolean(values.getOrDefault(name, "false"));
    }

    /** What Go takes for a truth value. */
    private static String onOrOff(String command, Flag flag, String value) throws LimpidException {
        return switch (value) {
            case "1", "t", "T", "true", "TRUE", "True" -> "true";
            case "0", "f", "F", "false", "FALSE", "False" -> "false";
            default -> throw usage(command, "-" + flag.name + " is true or false, not " + Printable.excerpt(value, 40));
        };
    }

    static LimpidException usage(String command, String reason) {
        return new LimpidException(
                ErrorCode.USAGE, "limpid " + command, reason, "limpid " + command + " --help lists what there is");
    }

    private static Flag flag(String command, String name, List<Flag> known) throws LimpidException {
        for (Flag flag : known) {
            if (flag.name.equals(name)) {
                return flag;
            }
        }
        throw usage(
                command,
                Nearest.unknown("flag", name, known.stream().map(Flag::name).toList()));
    }
}
