package io.limpid.report;

import io.limpid.model.AppliedCorrection;
import io.limpid.model.AppliedCorrection.Effect;
import io.limpid.model.Correction;
import io.limpid.model.Finding;
import io.limpid.model.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The part of a report's text that tells of local corrections: what each did and why, and which do nothing any more. */
final class TextOverrides {
    private final Report report;
    private final ReportOptions options;
    private final TextPage page;

    TextOverrides(Report report, ReportOptions options, TextPage page) {
        this.report = report;
        this.options = options;
        this.page = page;
    }

    void write() {
        List<AppliedCorrection> all = report.corrections();
        if (all.isEmpty()) {
            return;
        }
        List<AppliedCorrection> here =
                all.stream().filter(one -> one.effect() != Effect.OTHER_RELEASE).toList();
        List<AppliedCorrection> idle = with(here, Effect.NO_MATCH, Effect.NO_CHANGE);
        List<String> counts = new ArrayList<>();
        count(with(here, Effect.APPLIED).size(), "applied", counts);
        count(with(here, Effect.EXPIRED).size(), "expired", counts);
        count(with(here, Effect.UNDECIDED).size(), "undecided", counts);
        count(idle.size(), "without effect", counts);
        count(all.size() - here.size(), "for other releases", counts);
        page.heading("Overrides (" + all.size() + ": " + String.join(", ", counts) + ")");
        for (AppliedCorrection one : here) {
            if (!idle.contains(one)) {
                told(one);
            }
        }
        if (!idle.isEmpty()) {
            page.prose(
                    TextPage.INDENT + "- ",
                    4,
                    "without effect, to be taken out where that is so for every image: "
                            + page.safe(idle.stream().map(TextOverrides::named).collect(Collectors.joining(", "))));
        }
    }

    private static void count(int count, String words, List<String> counts) {
        if (count > 0) {
            counts.add(count + " " + words);
        }
    }

    private static List<AppliedCorrection> with(List<AppliedCorrection> all, Effect... effects) {
        return all.stream()
                .filter(one -> List.of(effects).contains(one.effect()))
                .toList();
    }

    private void told(AppliedCorrection one) {
        Correction correction = one.correction();
        String words = correction.id() + " in " + correction.packageName() + ": " + said(correction) + "; "
                + effect(one) + "; " + correction.reason()
                + (correction.author() == null ? "" : " (" + correction.author() + ")") + "; "
                + (correction.expires() == null ? "for ever" : "until " + correction.expires()) + "; "
                + correction.place();
        page.prose(TextPage.INDENT + "- ", 4, page.safe(words));
        if (options.hidden()) {
            for (Finding denied : ReportOrder.sortedFindings(one.denied())) {
                page.prose(
                        "    ",
                        6,
                        page.safe("denied: " + denied.severity().name() + " "
                                + denied.affected().value().name() + " "
                                + denied.affected().value().version() + ", " + FindingBlock.words(denied)));
            }
        }
    }

    private static String named(AppliedCorrection one) {
        return one.correction().id() + " in " + one.correction().packageName() + " ("
                + one.correction().place() + ")";
    }

    /** What it says is so. */
    static String said(Correction correction) {
        String versions = correction.versions().words();
        String status = correction.status() == null
                ? ""
                : correction.status().word()
                        + (correction.fixedVersion() == null ? "" : " in " + correction.fixedVersion());
        String severity = correction.severity() == null
                ? ""
                : (status.isEmpty() ? "" : ", ") + correction.severity().word();
        return status + severity + (versions == null ? "" : " for versions " + versions);
    }

    private static String effect(AppliedCorrection one) {
        return switch (one.effect()) {
            case EXPIRED -> "expired, what it was about counts again";
            case UNDECIDED -> "versions cannot be compared, so it changes nothing";
            default -> {
                List<String> effects = new ArrayList<>();
                List<Finding> denied = one.denied();
                if (!denied.isEmpty()) {
                    effects.add("denies " + findings(denied.size()) + " (" + HiddenFindings.bySeverity(denied) + ")");
                }
                if (one.changed() > 0) {
                    effects.add("changes " + findings(one.changed()));
                }
                if (one.added() > 0) {
                    effects.add("adds " + findings(one.added()));
                }
                yield String.join(", ", effects);
            }
        };
    }

    private static String findings(int count) {
        return count + (count == 1 ? " finding" : " findings");
    }
}
