package io.limpid.feedformat.secdb;

import io.limpid.feed.FeedDocuments;
import io.limpid.feedformat.yaml.YamlJson;
import io.limpid.format.PeekedInputStream;
import io.limpid.model.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Documents of which those in YAML are given as JSON.
 *
 * <p>Until 2020 Alpine wrote its databases so; the form is told by how a document begins. JSON is YAML as well, but a half of it is not: only what
 * cannot be JSON is taken for YAML.
 *
 * @param all the documents as they are
 */
record YamlDocuments(FeedDocuments all) implements FeedDocuments {
    private static final int LOOKED_AT = 1 << 10;

    private static final Pattern YAML = Pattern.compile("(?:#[^\\n]*\\n|\\s)*(?:---\\s|[a-z]+:\\s).*", Pattern.DOTALL);

    @Override
    public @Nullable InputStream open(String name) throws IOException {
        InputStream in = all.open(name);
        if (in == null) {
            return null;
        }
        try {
            PeekedInputStream whole = new PeekedInputStream(in, LOOKED_AT);
            if (!YAML.matcher(whole.firstText()).matches()) {
                return whole;
            }
            byte[] json = YamlJson.of(whole, name, limits());
            whole.close();
            return new ByteArrayInputStream(json);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    @Override
    public List<String> names() {
        return all.names();
    }

    @Override
    public Limits limits() {
        return all.limits();
    }
}
