package io.limpid.server.api.v1;

import io.limpid.server.api.Answer;
import io.limpid.server.api.Call;
import io.limpid.server.api.Route;
import io.limpid.server.api.Route.Kind;
import io.limpid.server.api.RouteTable;
import io.limpid.server.clair.ClairError;
import io.limpid.server.clair.ClairException;
import io.limpid.server.metrics.Metrics;
import io.limpid.server.store.LayerStore;
import io.limpid.server.store.NotificationStore;
import io.limpid.server.store.VulnerabilityStore;
import io.limpid.server.worker.LayerWorker;
import java.util.List;
import java.util.Map;

/**
 * API v1 over the stores and the worker.
 *
 * @param readiness asked before vulnerabilities of a layer are told
 * @param corrections applied to those that are told
 * @param tokens seal the pages
 */
public record ApiV1(
        LayerStore layers,
        VulnerabilityStore vulnerabilities,
        NotificationStore notifications,
        LayerWorker worker,
        Readiness readiness,
        Corrections corrections,
        PageTokens tokens,
        Metrics metrics) {
    private static final int BAD_REQUEST = 400;
    /** Errors that say that something was too much. */
    private static final Map<ClairError, String> LIMITS =
            Map.of(ClairError.BUSY, "layer queue", ClairError.FILE_TOO_BIG, "file size");

    /** A handler before its errors are answers. */
    private interface Handling {
        Answer answer(Call call) throws ClairException, Envelopes.BadRequest;
    }

    /** All routes, below {@code /v1}. */
    public RouteTable routes() {
        LayerRoutes layer = new LayerRoutes(layers, worker, readiness, corrections);
        VulnerabilityRoutes vulnerability = new VulnerabilityRoutes(vulnerabilities, tokens);
        FixRoutes fix = new FixRoutes(vulnerabilities);
        NotificationRoutes notification = new NotificationRoutes(notifications, tokens);
        String ofNamespace = "/namespaces/:namespace/vulnerabilities";
        String ofVulnerability = ofNamespace + "/:vulnerability";
        String fixes = ofVulnerability + "/fixes";
        return new RouteTable(List.of(
                route("POST", "/layers", "postLayer", Kind.LAYER, layer::post),
                route("GET", "/layers/:layer", "getLayer", Kind.READING, layer::get),
                route("DELETE", "/layers/:layer", "deleteLayer", Kind.READING, layer::delete),
                route("GET", "/namespaces", "getNamespaces", Kind.READING, vulnerability::namespaces),
                route("GET", ofNamespace, "getVulnerabilities", Kind.READING, vulnerability::list),
                route("POST", ofNamespace, "postVulnerability", Kind.WRITING, vulnerability::post),
                route("GET", ofVulnerability, "getVulnerability", Kind.READING, vulnerability::get),
                route("PUT", ofVulnerability, "putVulnerability", Kind.WRITING, vulnerability::put),
                route("DELETE", ofVulnerability, "deleteVulnerability", Kind.READING, vulnerability::delete),
                route("GET", fixes, "getFixes", Kind.READING, fix::list),
                route("PUT", fixes + "/:fix", "putFix", Kind.WRITING, fix::put),
                route("DELETE", fixes + "/:fix", "deleteFix", Kind.READING, fix::delete),
                route("GET", "/notifications/:notification", "getNotification", Kind.READING, notification::get),
                route(
                        "DELETE",
                        "/notifications/:notification",
                        "deleteNotification",
                        Kind.READING,
                        notification::delete),
                route("GET", "/metrics", "getMetrics", Kind.READING, _ -> metricsText())));
    }

    private Answer metricsText() {
        return new Answer(200, Map.of("Content-Type", Metrics.CONTENT_TYPE), metrics.text(), true, label("???"));
    }

    private static Answer.CountedAs label(String code) {
        return new Answer.CountedAs("v1/getMetrics", code);
    }

    private Route route(String method, String path, String name, Kind kind, Handling handling) {
        return Route.of(method, path, "v1/" + name, kind, call -> {
            try {
                return handling.answer(call);
            } catch (Envelopes.BadRequest e) {
                return Envelopes.error(BAD_REQUEST, String.valueOf(e.getMessage()));
            } catch (ClairException e) {
                String limit = LIMITS.get(e.error());
                if (limit != null) {
                    metrics.limitHit(limit);
                }
                return Envelopes.error(e);
            }
        });
    }
}
