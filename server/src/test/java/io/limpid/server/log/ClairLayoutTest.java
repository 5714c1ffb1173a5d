package io.limpid.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.limpid.server.Main;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.KeyValuePair;

class ClairLayoutTest {
    private static final Instant NOW = Instant.parse("2026-11-26T01:02:03.004005006Z");

    private final ClairLayout layout = new ClairLayout(ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({"ERROR, error", "WARN, warning", "INFO, info", "DEBUG, debug", "TRACE, debug"})
    void levelsAreClairs(String level, String word) {
        assertThat(layout.doLayout(event(Level.toLevel(level), "a"))).isEqualTo("""
            {"Event":"a","Level":"%s","Location":"server.Main","Time":"2026-11-26 01:02:03.004005"}
            """.formatted(word));
    }

    @Test
    void itsOwnKeysFollowInOrderAndNothingForeignIsObeyed() {
        LoggingEvent event = event(Level.INFO, "Handled HTTP request");
        event.setKeyValuePairs(List.of(
                new KeyValuePair("status", 200),
                new KeyValuePair("request uri", "/v1/\u001b[31m\"\n\u202e"),
                new KeyValuePair("elapsed time", 12L),
                new KeyValuePair("none", null),
                new KeyValuePair("on", true)));
        assertThat(layout.doLayout(event)).isEqualTo("""
            {"Event":"Handled HTTP request","Level":"info","Location":"server.Main","Time":"2026-11-26 01:02:03.004005",\
            "elapsed time":12,"none":null,"on":true,"request uri":"/v1/\\u001B[31m\\"\\n\\u202E","status":200}
            """);
    }

    @Test
    void aFailureIsItsMessagesWithoutRepetition() {
        LoggingEvent event = event(Level.WARN, "could not");
        IOException cause = new IOException("reset");
        event.setThrowableProxy(new ch.qos.logback.classic.spi.ThrowableProxy(
                new IllegalStateException("fetching", new RuntimeException(cause.toString(), cause))));
        assertThat(layout.doLayout(event)).contains(",\"error\":\"fetching: java.io.IOException: reset\"}");
    }

    private static LoggingEvent event(Level level, String message) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerContext(new LoggerContext());
        event.setLevel(level);
        event.setLoggerName(Main.class.getName());
        event.setMessage(message);
        event.setInstant(NOW);
        return event;
    }
}
