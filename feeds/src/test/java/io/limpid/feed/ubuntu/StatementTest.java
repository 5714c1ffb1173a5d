package io.limpid.feed.ubuntu;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.feed.ubuntu.Statement.Said;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTest {

    /** All forms of the comments in Canonical's documents of 2016, 2021, 2024 and 2026. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "expat package in trusty was vulnerable but has been fixed (note:"
                        + " '2.0.1-7ubuntu1').|expat|FIXED|2.0.1-7ubuntu1",
                "gcc-4.8 package in trusty, is related to the CVE in some way and has been fixed (note:"
                        + " '4.8.2-19ubuntu1').|gcc-4.8|NEVER_WITH|4.8.2-19ubuntu1",
                "linux: while related to the CVE in some way, a decision has been made to ignore this issue (note:"
                        + " 'was needed ESM criteria').|linux|IGNORED|was needed ESM criteria",
                "vnc4: while related to the CVE in some way, a decision has been made to ignore this"
                        + " issue.|vnc4|IGNORED|",
                "gcc-4.7 package in trusty is affected and may need fixing.|gcc-4.7|TO_BE_LOOKED_AT|",
                "graphicsmagick package in focal is affected and may need fixing (note:"
                        + " '1.4+really1.3.34+hg16181-1').|graphicsmagick|TO_BE_LOOKED_AT|1.4+really1.3.34+hg16181-1",
                "coin3 package in trusty is affected and needs fixing.|coin3|NEEDED|",
                "accountsservice package in trusty is affected, but a decision has been made to defer addressing"
                        + " it.|accountsservice|DEFERRED|",
                "xerces-c package in trusty is affected, but a decision has been made to defer addressing it (note:"
                        + " '2019-01-01').|xerces-c|DEFERRED|2019-01-01",
                "linux package in trusty is affected. An update containing the fix has been completed and is pending"
                        + " publication (note: '3.13.0-145.194').|linux|PENDING|3.13.0-145.194",
                "linux-gke-5.4 package in bionic is affected. An update containing the fix has been completed and is"
                        + " pending publication.|linux-gke-5.4|PENDING|",
                "firefox package in jammy was vulnerable and has been fixed, but no release version available for"
                        + " it.|firefox|FIXED_SOMEWHERE|",
                "x package in jammy has a vulnerability that is not known (status: 'active'). It is pending evaluation"
                        + " (note: 'n').|x|UNKNOWN|n",
                "g++ package in jammy, while related to the CVE in some way, is not affected (note: 'code not"
                        + " present').|g++|NOT_AFFECTED|code not present",
                "nut package does not exist in jammy.|nut|ABSENT|",
                "(CVE-2024-1) linux package in jammy was vulnerable but has been fixed (note: '1').|linux|FIXED|1",
                "The 'php5' package in trusty is affected and needs fixing.|php5|NEEDED|",
                "The vulnerability of the 'brotli' package in xenial is not known (status: 'needs-triage'). It is"
                        + " pending evaluation.|brotli|UNKNOWN|",
                "While related to the CVE in some way, the 'gcc-avr' package in xenial is not"
                        + " affected.|gcc-avr|NOT_AFFECTED|",
                "openssh source package in noble, is affected and has been fixed (note:"
                        + " '1:9.6p1-3ubuntu13.3').|openssh|FIXED|1:9.6p1-3ubuntu13.3",
                "gcc-avr source package in esm-apps/noble, might be affected and may need"
                        + " fixing.|gcc-avr|TO_BE_LOOKED_AT|",
                "'linux' kernel in noble was vulnerable but has been fixed (note:"
                        + " '6.8.0-84.84').|linux|FIXED|6.8.0-84.84",
                "p package in x is affected and needs fixing (note: 'a (note: 'b').|p|NEEDED|a (note: 'b",
                "p package in x is affected and needs fixing (note: '').|p|NEEDED|''",
            })
    void says(String comment, String source, Said said, @Nullable String note) {
        String expected = "''".equals(note) ? "" : note;
        assertThat(Statement.of(comment)).isEqualTo(new Statement(source, said, expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Is kernel linux running",
                "kernel version comparison",
                "The host is part of the unix family.",
                "libxml2 is earlier than 0:2.9.1-6",
                "plum package in focal has been blessed.",
                "is affected and needs fixing",
                " (note: '')."
            })
    void saysNothingThatIsKnown(String comment) {
        assertThat(Statement.of(comment)).isNull();
        assertThat(Statement.of(comment + "x".repeat(5000))).isNull();
    }
}
