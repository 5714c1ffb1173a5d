package io.limpid.report;

import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.model.AppliedCorrection;
import io.limpid.model.AppliedCorrection.Effect;
import io.limpid.model.Corrected;
import io.limpid.model.Correction;
import io.limpid.model.Finding;
import io.limpid.model.FindingState;
import io.limpid.model.FixState;
import io.limpid.model.Severity;
import io.limpid.model.VersionRange;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The members of a written report that tell of local corrections, written and read back. */
final class CorrectionMembers {
    private CorrectionMembers() {}

    /** What became of one. */
    static void write(JsonOutput json, AppliedCorrection applied, Consumer<Finding> finding) {
        Correction one = applied.correction();
        json.text("place", one.place());
        json.text("id", one.id());
        json.text("package", one.packageName());
        json.object("versions", () -> {
            json.text("introduced", one.versions().introduced());
            json.text("fixed", one.versions().fixed());
            json.text("lastAffected", one.versions().lastAffected());
        });
        json.text("namespace", one.namespace());
        json.text("status", word(one.status()));
        json.text("fixedVersion", one.fixedVersion());
        json.text("severity", one.severity() == null ? null : one.severity().word());
        json.text("reason", one.reason());
        json.text("author", one.author());
        json.text("expires", one.expires());
        json.text("effect", applied.effect().word());
        json.number("changed", applied.changed());
        json.number("added", applied.added());
        json.objects("denied", ReportOrder.sortedFindings(applied.denied()), finding);
    }

    static AppliedCorrection read(JsonObject one, FindingReader findings) throws JsonException {
        JsonObject versions = Members.object(one, "versions");
        String severity = one.string("severity");
        String effect = Members.text(one, "effect");
        List<Finding> denied = Members.each(one, "denied", findings::read);
        Correction correction = new Correction(
                Members.text(one, "id"),
                Members.text(one, "package"),
                Members.consistent(() -> new VersionRange(
                        versions.string("introduced"), versions.string("fixed"), versions.string("lastAffected"))),
                one.string("namespace"),
                status(one),
                one.string("fixedVersion"),
                severity == null ? null : severity(severity),
                Members.text(one, "reason"),
                one.string("author"),
                day(one),
                Members.text(one, "place"));
        return new AppliedCorrection(
                correction,
                Effect.ofWord(effect).orElseThrow(() -> Members.unknown("effect", effect)),
                small(one, "changed"),
                small(one, "added"),
                denied);
    }

    /** What one made of a finding. */
    static void write(JsonOutput json, @Nullable Corrected corrected) {
        if (corrected == null) {
            json.nothing("override");
            return;
        }
        json.object("override", () -> {
            json.text("place", corrected.place());
            json.text("status", word(corrected.status()));
            json.text("reason", corrected.reason());
            json.text("author", corrected.author());
            json.text("expires", corrected.expires());
            Corrected.Before before = corrected.before();
            if (before == null) {
                json.nothing("before");
            } else {
                json.object("before", () -> {
                    json.text("severity", before.severity().word());
                    json.text("state", before.state().word());
                    json.text("fixedVersion", before.fixedVersion());
                });
            }
        });
    }

    /** The same read back; reports before version 1.3 have none. */
    static @Nullable Corrected read(JsonObject finding) throws JsonException {
        JsonObject corrected = finding.object("override");
        if (corrected == null) {
            return null;
        }
        JsonObject before = corrected.object("before");
        return new Corrected(
                Members.text(corrected, "place"),
                status(corrected),
                Members.text(corrected, "reason"),
                corrected.string("author"),
                day(corrected),
                before == null ? null : before(before));
    }

    private static Corrected.Before before(JsonObject before) throws JsonException {
        String state = Members.text(before, "state");
        return new Corrected.Before(
                severity(Members.text(before, "severity")),
                FindingState.ofWord(state).orElseThrow(() -> Members.unknown("state", state)),
                before.string("fixedVersion"));
    }

    private static @Nullable String word(@Nullable FixState status) {
        return status == null ? null : status.word();
    }

    private static @Nullable FixState status(JsonObject object) throws JsonException {
        String word = object.string("status");
        return word == null ? null : FixState.ofWord(word).orElseThrow(() -> Members.unknown("status", word));
    }

    private static Severity severity(String word) throws JsonException {
        return Severity.ofWord(word).orElseThrow(() -> Members.unknown("severity", word));
    }

    private static @Nullable LocalDate day(JsonObject object) throws JsonException {
        String text = object.string("expires");
        if (text == null) {
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException _) {
            throw Members.unknown("expires", text);
        }
    }

    private static int small(JsonObject object, String name) throws JsonException {
        return (int) Math.min(Members.count(object, name), Integer.MAX_VALUE);
    }
}
