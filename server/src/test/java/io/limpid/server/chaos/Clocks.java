package io.limpid.server.chaos;

import io.limpid.server.api.RawHttp;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** What time it is for a server, as it tells its clients. */
final class Clocks {
    private Clocks() {}

    /** By how many seconds the clock of the last server is ahead of ours. */
    static long ahead(Stage stage) throws IOException {
        RawHttp.Reply reply =
                RawHttp.exchange(stage.machines().getLast().ports().api(), "GET", "/v1/namespaces");
        String date = reply.headers().get("date");
        if (date == null) {
            throw new IOException("an answer without a date: " + reply.headers());
        }
        return Duration.between(Instant.now(), ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME))
                .toSeconds();
    }
}
