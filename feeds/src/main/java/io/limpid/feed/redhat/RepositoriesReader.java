package io.limpid.feed.redhat;

import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedJson;
import io.limpid.feed.FeedReading;
import io.limpid.feed.PartReading;
import io.limpid.format.json.JsonStream;
import io.limpid.match.CpeName;
import io.limpid.model.RepositoryProducts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads which products the packages of a repository ("content set") belong to: {@code {"data":{"rhel-8-for-x86_64-baseos-rpms":
 * {"cpes":["cpe:/o:redhat:enterprise_linux:8::baseos"]}}}}.
 */
final class RepositoriesReader {
    private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e]{1,200}");
    private static final int PRODUCTS = 1000;

    private final String document;
    private final PartReading reading;
    private @Nullable String updated;
    private long repositories;

    RepositoriesReader(String document, PartReading reading) {
        this.document = document;
        this.reading = reading;
    }

    FeedReading read(FeedDocuments documents) throws IOException {
        FeedJson.read(
                documents,
                document,
                json -> json.object(member -> {
                    switch (member) {
                        case "data" -> json.object(name -> repository(name, json));
                        case "last_updated" -> updated = json.stringOrNull();
                        default -> {}
                    }
                }));
        if (repositories == 0) {
            throw new FeedException(document, null, "it lists no repository in \"data\"");
        }
        return reading.end(document, updated);
    }

    private void repository(String name, JsonStream json) throws IOException {
        repositories++;
        List<String> products = new ArrayList<>();
        if (json.isObject()) {
            json.object(member -> {
                if (member.equals("cpes") && json.isArray()) {
                    json.array(() -> product(json.stringOrNull(), products, json));
                }
            });
        }
        if (!NAME.matcher(name).matches()) {
            reading.skip(document + ", " + name, "not a name of a repository");
        } else if (products.isEmpty()) {
            reading.skip(document + ", " + name, "no \"cpes\" that are names of products");
        } else {
            reading.record(document, List.of(new RepositoryProducts(name, products)));
        }
    }

    /** One that is no name is left out: of real ones a few lack the vendor, and name nothing then that an advisory does. */
    private static void product(@Nullable String cpe, List<String> products, JsonStream json) throws IOException {
        if (cpe != null && CpeName.parse(cpe) != null) {
            if (products.size() == PRODUCTS) {
                throw json.error("more than " + PRODUCTS + " products of one repository");
            }
            products.add(cpe);
        }
    }
}
