package io.limpid.server.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limpid.model.LimpidException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnabledUpdatersTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
        debian:8,        DEBIAN
        debian:unstable, DEBIAN
        ubuntu:22.04,    UBUNTU
        centos:7,        RHEL
        oracle:8,        ORACLE
        alpine:v3.10,    ALPINE
        amzn:2018.03,    AMZN1
        amzn:2,          AMZN2
        amzn:2022,       AMZN2023
        opensuse:42.3,   OPENSUSE
        opensuse.leap:15.1, OPENSUSE
        sles:12.3,       SUSE
        debianish:1,     -
        zz:1,            -
        """)
    void eachNamespaceWaitsForItsUpdater(String namespace, Updater updater) throws LimpidException {
        assertThat(EnabledUpdaters.of(null, _ -> false).awaitedFor(namespace).orElse(null))
                .isEqualTo(updater);
        assertThat(EnabledUpdaters.of(null, _ -> true).awaitedFor(namespace)).isEmpty();
        assertThat(EnabledUpdaters.of(null, _ -> true).servedBy(namespace).orElse(null))
                .isEqualTo(updater);
        assertThat(EnabledUpdaters.none().awaitedFor(namespace)).isEmpty();
    }

    @Test
    void onlyTheEnabledAreAwaited() throws LimpidException {
        EnabledUpdaters updaters = EnabledUpdaters.of(List.of("debian"), _ -> false);
        assertThat(updaters.awaitedFor("debian:8")).contains(Updater.DEBIAN);
        assertThat(updaters.awaitedFor("ubuntu:22.04")).isEmpty();
        assertThat(updaters.awaited()).containsExactly(Updater.DEBIAN);
        assertThat(EnabledUpdaters.of(null, updater -> updater != Updater.RHEL).awaited())
                .containsExactly(Updater.RHEL);
        assertThat(EnabledUpdaters.none().awaited()).isEmpty();
    }

    @Test
    void anUnknownNameIsRefused() {
        LimpidException told =
                catchThrowableOfType(LimpidException.class, () -> EnabledUpdaters.of(List.of("debain"), _ -> true));
        assertThat(told.reason()).isEqualTo("updater.enabledupdaters: unknown updater: debain (did you mean debian?)");
    }
}
