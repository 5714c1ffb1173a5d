package io.limpid.server.api.v1;

import io.limpid.server.api.Answer;
import io.limpid.server.api.Call;
import io.limpid.server.clair.ClairError;
import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.Notification;
import io.limpid.server.store.NotificationStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Notifications: read page by page, and deleted. */
record NotificationRoutes(NotificationStore store, PageTokens tokens) {

    Answer get(Call call) throws ClairException, Envelopes.BadRequest {
        long limit = Paging.limit(call.query());
        Optional<String> token = call.query().get("page");
        Notification.Page page = token.isPresent() ? Paging.page(tokens, token.get()) : Notification.Page.FIRST;
        String name = call.value(0);
        Optional<Notification> found = store.find(name, limit, page);
        if (found.isEmpty()) {
            return Envelopes.error(ClairError.NOT_FOUND).countedAs("v1/deleteNotification", "404");
        }
        Notification notification = found.get();
        Notification.Page next = new Notification.Page(next(notification.before()), next(notification.after()));
        boolean isLast = next.before() == Notification.END && next.after() == Notification.END;
        GoObject object = new GoObject(Shapes.NOTIFICATION)
                .with("Name", notification.name())
                .with("Created", seconds(notification.created()))
                .with("Notified", seconds(notification.notified()))
                .with("Deleted", seconds(notification.deleted()))
                .with("Limit", limit)
                .with("Page", token.isPresent() ? token.get() : Paging.token(tokens, page))
                .with("NextPage", isLast ? null : Paging.token(tokens, next))
                .with("Old", side(notification.before()))
                .with("New", side(notification.after()));
        return Envelopes.answer(200, new GoObject(Shapes.NOTIFICATION_ENVELOPE).with("Notification", object));
    }

    Answer delete(Call call) throws ClairException {
        return store.delete(call.value(0)) ? Answer.empty(200, Map.of()) : Envelopes.error(ClairError.NOT_FOUND);
    }

    private static long next(Notification.@Nullable Side side) {
        return side == null ? Notification.END : side.next();
    }

    private static @Nullable String seconds(@Nullable Instant moment) {
        return moment == null ? null : String.valueOf(moment.getEpochSecond());
    }

    private static @Nullable GoObject side(Notification.@Nullable Side side) {
        if (side == null) {
            return null;
        }
        List<GoObject> ordered = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Notification.IntroducingLayer layer : side.layers()) {
            ordered.add(new GoObject(Shapes.ORDERED_LAYER)
                    .with("Index", layer.row())
                    .with("LayerName", layer.name()));
            names.add(layer.name());
        }
        return new GoObject(Shapes.WITH_LAYERS)
                .with("Vulnerability", Models.vulnerability(side.vulnerability(), true))
                .with("OrderedLayersIntroducingVulnerability", ordered)
                .with("LayersIntroducingVulnerability", names);
    }
}
