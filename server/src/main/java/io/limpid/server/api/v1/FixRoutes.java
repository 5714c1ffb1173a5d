package io.limpid.server.api.v1;

import io.limpid.server.api.Answer;
import io.limpid.server.api.Call;
import io.limpid.server.clair.ClairError;
import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.FeatureVersion;
import io.limpid.server.clair.Vulnerability;
import io.limpid.server.store.VulnerabilityStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The versions that fix a vulnerability; putting and deleting them works here as the original meant it. */
record FixRoutes(VulnerabilityStore store) {

    Answer list(Call call) throws ClairException {
        Optional<Vulnerability> found = store.find(call.value(0), call.value(1));
        return found.isEmpty()
                ? Envelopes.error(ClairError.NOT_FOUND)
                : Envelopes.answer(
                        200, new GoObject(Shapes.FEATURE_ENVELOPE).with("Features", Models.fixes(found.get())));
    }

    Answer put(Call call) throws ClairException, Envelopes.BadRequest {
        GoObject given = Envelopes.read(Shapes.FEATURE_ENVELOPE, call.body()).object("Feature");
        if (given == null) {
            return Envelopes.error(ClairError.FEATURE_MISSING);
        }
        if (!given.text("Name").equals(call.value(2))) {
            return Envelopes.error(ClairError.FEATURE_NAMES_DIFFER);
        }
        FeatureVersion fix = Models.fix(given);
        store.insertFixes(call.value(0), call.value(1), List.of(fix));
        return Envelopes.answer(200, new GoObject(Shapes.FEATURE_ENVELOPE).with("Feature", given));
    }

    Answer delete(Call call) throws ClairException {
        store.deleteFix(call.value(0), call.value(1), call.value(2));
        return Answer.empty(200, Map.of());
    }
}
