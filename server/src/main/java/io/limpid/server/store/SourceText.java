package io.limpid.server.store;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection string of libpq, taken apart into its keys and values; no failure repeats any part of it that could be a password. */
final class SourceText {
    private static final List<String> SCHEMES = List.of("postgresql://", "postgres://");

    private final String text;
    private final Map<String, String> values = new LinkedHashMap<>();
    private int at;

    private SourceText(String text) {
        this.text = text;
    }

    /** Keys and values as they are written, the last of each key. */
    static Map<String, String> parse(String text) throws LimpidException {
        SourceText source = new SourceText(text.strip());
        for (String scheme : SCHEMES) {
            if (source.text.startsWith(scheme)) {
                source.uri(source.text.substring(scheme.length()));
                return source.values;
            }
        }
        if (source.text.startsWith("jdbc:")) {
            throw wrong("it is a JDBC address", "write it without jdbc:");
        }
        source.words();
        return source.values;
    }

    static LimpidException wrong(String reason, @Nullable String hint) {
        return new LimpidException(
                ErrorCode.USAGE, "database.options.source is no connection string of PostgreSQL", reason, hint);
    }

    private void words() throws LimpidException {
        String before = "";
        while (true) {
            spaces();
            if (at == text.length()) {
                return;
            }
            int start = at;
            while (at < text.length() && text.charAt(at) != '=' && !Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            String key = text.substring(start, at);
            spaces();
            if (at == text.length() || text.charAt(at) != '=') {
                throw wrong(
                        before.isEmpty()
                                ? "its first word has no ="
                                : "a word after the value of " + before + " has no =",
                        "a value with spaces stands in single quotes: password='two words'");
            }
            at++;
            spaces();
            SourceKeys.check(key, before);
            values.put(key, at < text.length() && text.charAt(at) == '\'' ? quoted(key) : plain());
            before = key;
        }
    }

    private void spaces() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private String plain() {
        StringBuilder value = new StringBuilder();
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at++));
        }
        return value.toString();
    }

    private String quoted(String key) throws LimpidException {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '\'') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at++));
        }
        if (at == text.length()) {
            throw wrong("the quoted value of " + key + " does not end", "a quote in a value is written \\'");
        }
        at++;
        return value.toString();
    }

    private void uri(String rest) throws LimpidException {
        int question = rest.indexOf('?');
        String address = question < 0 ? rest : rest.substring(0, question);
        int slash = address.indexOf('/');
        String authority = slash < 0 ? address : address.substring(0, slash);
        if (slash >= 0 && slash + 1 < address.length()) {
            values.put("dbname", decoded(address.substring(slash + 1)));
        }
        int sign = authority.lastIndexOf('@');
        if (sign >= 0) {
            String who = authority.substring(0, sign);
            int colon = who.indexOf(':');
            put("user", decoded(colon < 0 ? who : who.substring(0, colon)));
            put("password", colon < 0 ? "" : decoded(who.substring(colon + 1)));
        }
        hosts(authority.substring(sign + 1));
        if (question >= 0) {
            parameters(rest.substring(question + 1));
        }
    }

    private void put(String key, String value) {
        if (!value.isEmpty()) {
            values.put(key, value);
        }
    }

    private void hosts(String list) throws LimpidException {
        if (list.isEmpty()) {
            return;
        }
        List<String> hosts = new ArrayList<>();
        List<String> ports = new ArrayList<>();
        for (String server : list.split(",", -1)) {
            int colon = server.lastIndexOf(':');
            String host = server;
            if (server.startsWith("[")) {
                int end = server.indexOf(']');
                if (end < 0 || (end + 1 < server.length() && server.charAt(end + 1) != ':')) {
                    throw wrong("an IPv6 address in brackets is not closed", null);
                }
                host = server.substring(1, end);
                colon = end + 1 < server.length() ? end + 1 : -1;
            } else if (colon >= 0) {
                host = server.substring(0, colon);
            }
            hosts.add(decoded(host));
            ports.add(colon < 0 ? "" : decoded(server.substring(colon + 1)));
        }
        put("host", String.join(",", hosts).replaceAll("^,+$", ""));
        String joined = String.join(",", ports);
        if (!joined.replace(",", "").isEmpty()) {
            values.put("port", joined);
        }
    }

    private void parameters(String query) throws LimpidException {
        if (query.isEmpty()) {
            return;
        }
        String before = "";
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals < 0) {
                throw wrong("a parameter after ? has no =", "an & or ? in a password is written %26 or %3F");
            }
            String key = decoded(parameter.substring(0, equals));
            String value = decoded(parameter.substring(equals + 1));
            if (key.equals("ssl") && value.equals("true")) {
                key = "sslmode";
                value = "require";
            }
            SourceKeys.check(key, before);
            values.put(key, value);
            before = key;
        }
    }

    private static String decoded(String part) throws LimpidException {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            LimpidException failure =
                    wrong("a % in it is not followed by two hexadecimal digits", "a % itself is written %25");
            // The cause's message would hold the part.
            failure.setStackTrace(e.getStackTrace());
            throw failure;
        }
    }
}
