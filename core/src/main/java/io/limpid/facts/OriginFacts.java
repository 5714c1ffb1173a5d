package io.limpid.facts;

import io.limpid.model.OriginClue;
import io.limpid.model.OriginClue.ContentSet;
import io.limpid.model.OriginClue.ImageBuild;
import io.limpid.model.OriginClue.InstalledFrom;
import io.limpid.model.OriginClue.ModuleStream;
import io.limpid.model.OriginClue.Product;
import java.util.ArrayList;
import java.util.List;

/** The form in which clues of where packages come from are kept. */
final class OriginFacts {
    private static final int CONTENT_SET = 0;
    private static final int PRODUCT = 1;
    private static final int MODULE_STREAM = 2;
    private static final int IMAGE_BUILD = 3;
    private static final int INSTALLED_FROM = 4;

    private OriginFacts() {}

    static void write(List<OriginClue> origins, FactsOutput out) {
        out.number(origins.size());
        for (OriginClue origin : origins) {
            write(origin, out);
        }
    }

    // As in FactsFormat: a switch over types costs more, when it is used first, than all the rest.
    @SuppressWarnings("IfChainToSwitch")
    private static void write(OriginClue origin, FactsOutput out) {
        if (origin instanceof ContentSet set) {
            out.oneByte(CONTENT_SET);
            out.word(set.name());
        } else if (origin instanceof Product product) {
            out.oneByte(PRODUCT);
            out.word(product.name());
        } else if (origin instanceof ModuleStream enabled) {
            out.oneByte(MODULE_STREAM);
            out.word(enabled.module());
            out.word(enabled.stream());
        } else if (origin instanceof ImageBuild build) {
            out.oneByte(IMAGE_BUILD);
            out.word(build.component());
            out.word(build.name());
            out.word(build.version());
            out.word(build.release());
            out.word(build.arch());
        } else if (origin instanceof InstalledFrom from) {
            out.oneByte(INSTALLED_FROM);
            out.word(from.name());
            out.word(from.version());
            out.word(from.arch());
            out.word(from.repository());
        }
    }

    static List<OriginClue> read(FactsInput in) throws DamagedFactsException {
        int count = in.count();
        List<OriginClue> origins = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            origins.add(one(in));
        }
        return origins;
    }

    private static OriginClue one(FactsInput in) throws DamagedFactsException {
        return switch (in.oneByte()) {
            case CONTENT_SET -> new ContentSet(in.word());
            case PRODUCT -> new Product(in.word());
            case MODULE_STREAM -> new ModuleStream(in.word(), in.word());
            case IMAGE_BUILD -> new ImageBuild(in.wordOrNull(), in.word(), in.word(), in.word(), in.wordOrNull());
            case INSTALLED_FROM -> new InstalledFrom(in.word(), in.word(), in.word(), in.word());
            default -> throw new DamagedFactsException("it has a clue of an unknown kind");
        };
    }
}
