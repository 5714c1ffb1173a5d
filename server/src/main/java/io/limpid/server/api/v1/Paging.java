package io.limpid.server.api.v1;

import io.limpid.model.Limits;
import io.limpid.server.api.Query;
import io.limpid.server.api.v1.GoType.Basic;
import io.limpid.server.clair.Notification;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameters of pages, and what their tokens hold. */
final class Paging {
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");

    private Paging() {}

    /** How many are asked for; negative numbers too. */
    static long limit(Query query) throws Envelopes.BadRequest {
        byte[] given =
                query.bytes("limit").orElseThrow(() -> new Envelopes.BadRequest("must provide limit query parameter"));
        String text = new String(given, StandardCharsets.UTF_8);
        if (!INTEGER.matcher(text).matches()) {
            throw new Envelopes.BadRequest(invalid(given, "invalid syntax"));
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw new Envelopes.BadRequest(invalid(given, "value out of range"));
        }
    }

    private static String invalid(byte[] text, String why) {
        return "invalid limit format: strconv.Atoi: parsing " + GoQuote.quoted(text) + ": " + why;
    }

    /** The first row of a page of vulnerabilities. */
    static long from(PageTokens tokens, Query query) throws Envelopes.BadRequest {
        Optional<String> token = query.get("page");
        return token.isPresent() && opened(tokens, token.get(), Basic.INT) instanceof Long from ? from : 0;
    }

    /** A page of a notification. */
    static Notification.Page page(PageTokens tokens, String token) throws Envelopes.BadRequest {
        return opened(tokens, token, Shapes.PAGE) instanceof GoObject page
                ? new Notification.Page(page.number("OldVulnerability"), page.number("NewVulnerability"))
                : Notification.Page.FIRST;
    }

    static String token(PageTokens tokens, long next) {
        return tokens.seal(next + "\n");
    }

    static String token(PageTokens tokens, Notification.Page page) {
        GoObject held = new GoObject(Shapes.PAGE)
                .with("OldVulnerability", page.before())
                .with("NewVulnerability", page.after());
        return tokens.seal(new String(GoEncoder.line(held), StandardCharsets.UTF_8));
    }

    private static @Nullable Object opened(PageTokens tokens, String token, GoType type) throws Envelopes.BadRequest {
        String held = tokens.open(token)
                .orElseThrow(
                        () -> new Envelopes.BadRequest("invalid page format: invalid or expired pagination token"));
        byte[] bytes = held.getBytes(StandardCharsets.UTF_8);
        try {
            return GoDecoder.decodeAny(type, bytes, bytes.length, Limits.DEFAULT.jsonDepth());
        } catch (GoJsonException e) {
            throw new Envelopes.BadRequest("invalid page format: " + e.getMessage());
        }
    }
}
