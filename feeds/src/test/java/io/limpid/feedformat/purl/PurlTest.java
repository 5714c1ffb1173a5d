package io.limpid.feedformat.purl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Package-urls as documents have them. */
class PurlTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pkg:rpm/redhat/pam@1.5.1-21.el9_5?arch=x86_64 | rpm | redhat | pam | 1.5.1-21.el9_5 | {arch=x86_64}",
                "pkg:rpm/redhat/ruby@2.7.8-139.module%2Bel8.8.0%2B18745%2Bf1bef313?arch=src&rpmmod=ruby:2.7:80:63 |"
                        + " rpm | redhat | ruby | 2.7.8-139.module+el8.8.0+18745+f1bef313 | {arch=src,"
                        + " rpmmod=ruby:2.7:80:63}",
                "pkg:rpm/redhat/libxml2 | rpm | redhat | libxml2 | | {}",
                "pkg:rpm/redhat/libstdc%2B%2B?arch=src | rpm | redhat | libstdc++ | | {arch=src}",
                "pkg:rpmmod/redhat/python39@3.9:8060020240801142753:6a631399 | rpmmod | redhat | python39 |"
                        + " 3.9:8060020240801142753:6a631399 | {}",
                "pkg:oci/foo-rhel9@sha256:ab?arch=arm64&repository_url=registry.redhat.io/x/foo-rhel9&tag=1 | oci | |"
                        + " foo-rhel9 | sha256:ab | {arch=arm64, repository_url=registry.redhat.io/x/foo-rhel9, tag=1}",
                "pkg:maven/org.postgresql/postgresql@42.5.6.redhat-00001?type=jar | maven | org.postgresql |"
                        + " postgresql | 42.5.6.redhat-00001 | {type=jar}",
                "pkg:npm/%40scope/name@1.0 | npm | @scope | name | 1.0 | {}",
                "pkg:npm/@scope/name | npm | @scope | name | | {}",
                "pkg:golang/github.com/a/b@v1#sub/dir | golang | github.com/a | b | v1 | {}",
                "pkg://rpm/redhat/pam | rpm | redhat | pam | | {}",
                "pkg:rpm/redhat/a%2 | rpm | redhat | a%2 | | {}",
                "pkg:rpm/redhat/a?x&y=&=z&arch=src&arch=noarch | rpm | redhat | a | | {arch=src}",
            })
    void reads(
            String text,
            String type,
            @Nullable String namespace,
            String name,
            @Nullable String version,
            String qualifiers) {
        Purl purl = Purl.parse(text);
        assertThat(purl).isNotNull();
        if (purl != null) {
            assertThat(purl.type()).isEqualTo(type);
            assertThat(purl.namespace()).isEqualTo(namespace);
            assertThat(purl.name()).isEqualTo(name);
            assertThat(purl.version()).isEqualTo(version);
            assertThat(new TreeMap<>(purl.qualifiers()).toString()).isEqualTo(qualifiers);
        }
    }

    @ParameterizedTest
    @CsvSource({"pkg:", "pkg:rpm", "pkg:/rpm", "pkg:rpm/", "pkg:rpm/redhat/", "http://x/y", "pkg:rpm/redhat/@1"})
    void whatIsNoneIsNone(String text) {
        assertThat(Purl.parse(text)).isNull();
    }

    @Property(tries = 1000)
    void neverThrows(@ForAll @StringLength(max = 60) String text) {
        Purl purl = Purl.parse("pkg:" + text);
        assertThat(purl == null || !purl.type().isEmpty()).isTrue();
    }
}
