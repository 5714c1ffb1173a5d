package io.limpid.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.LayoutBase;
import io.limpid.format.Printable;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * An event as Clair 2.0 logs it: {@code Event}, {@code Level}, {@code Location}, {@code Time} and then its own keys in their order of letters.
 *
 * <p>The location is the logger's class; file and line, which the original gives, cost a stack trace for each event. A failure becomes the
 * key {@code error} with the messages of its causes, never a stack trace.
 */
final class ClairLayout extends LayoutBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");
    private static final int MOST_CAUSES = 8;

    private final ZoneId zone;

    ClairLayout(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(256);
        line.append("{\"Event\":").append(quoted(event.getFormattedMessage()));
        line.append(",\"Level\":").append(quoted(level(event.getLevel())));
        line.append(",\"Location\":").append(quoted(location(event.getLoggerName())));
        line.append(",\"Time\":\"")
                .append(TIME.format(time(event).atZone(zone)))
                .append('"');
        fields(event)
                .forEach((key, value) ->
                        line.append(',').append(quoted(key)).append(':').append(value));
        return line.append("}\n").toString();
    }

    private static Map<String, String> fields(ILoggingEvent event) {
        Map<String, String> fields = new TreeMap<>();
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            for (KeyValuePair pair : pairs) {
                fields.put(pair.key, value(pair.value));
            }
        }
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            fields.put("error", quoted(messages(thrown)));
        }
        return fields;
    }

    private static String value(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Boolean truth -> truth.toString();
            case Integer number -> number.toString();
            case Long number -> number.toString();
            default -> quoted(value.toString());
        };
    }

    private static String quoted(String text) {
        return '"' + Printable.json(text) + '"';
    }

    private static String messages(IThrowableProxy thrown) {
        StringBuilder text = new StringBuilder();
        IThrowableProxy each = thrown;
        for (int i = 0; each != null && i < MOST_CAUSES; i++, each = each.getCause()) {
            String message = each.getMessage();
            String said = message == null || message.isBlank() ? each.getClassName() : message;
            // Most causes are repeated by what they caused.
            if (text.indexOf(said) < 0) {
                text.append(text.isEmpty() ? "" : ": ").append(said);
            }
        }
        return text.toString();
    }

    private static Instant time(ILoggingEvent event) {
        Instant instant = event.getInstant();
        return instant == null ? Instant.ofEpochMilli(event.getTimeStamp()) : instant;
    }

    /** Clair's words, which are those of logrus. */
    private static String level(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> "error";
            case Level.WARN_INT -> "warning";
            case Level.INFO_INT -> "info";
            default -> "debug";
        };
    }

    private static String location(String logger) {
        return logger.startsWith("io.limpid.") ? logger.substring("io.limpid.".length()) : logger;
    }
}
