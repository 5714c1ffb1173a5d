package io.limpid.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limpid.model.LimpidException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
    /** The shape of the file that Clair 2.0 came with. */
    private static final String CLAIR_2 = """
        clair:
          database:
            type: pgsql
            options:
              source: host=localhost port=5432 user=postgres sslmode=disable statement_timeout=60000
              cachesize: 16384
              paginationkey:
          api:
            port: 6070
            healthport: 6071
            timeout: 15m
            paginationkey:
            servername:
            cafile:
            keyfile:
            certfile:
          updater:
            interval: 2h
          notifier:
            attempts: 3
            renotifyinterval: 2h
            http:
              endpoint: http://hooks.example/clair
              servername:
              cafile:
              keyfile:
              certfile:
              proxy:
        """;

    @TempDir
    Path folder;

    @Test
    void withoutAFileNobodyElseIsLetInAndTheDatabaseIsItsOwn() throws Exception {
        ServerSettings settings = ServerSettings.of(Configuration.standard());
        assertThat(settings.database()).isEqualTo(new DatabaseSettings(null, null, 16_384, 0, Duration.ofDays(30)));
        assertThat(settings.api())
                .isEqualTo(new ApiSettings(
                        new ListenAddress("127.0.0.1", 6060),
                        new ListenAddress("127.0.0.1", 6061),
                        Duration.ofMinutes(15),
                        null,
                        null,
                        null,
                        null,
                        null,
                        false,
                        null));
        assertThat(settings.worker()).isEqualTo(new WorkerSettings(List.of(), false));
        assertThat(settings.updater())
                .isEqualTo(new UpdaterSettings(Duration.ofHours(1), Duration.ofMinutes(10), null, List.of(), null));
        assertThat(settings.notifier()).isNull();
    }

    @Test
    void clairsFileIsUnderstood() throws Exception {
        ServerSettings settings = settings(CLAIR_2);
        assertThat(settings.database().source()).contains("statement_timeout=60000");
        assertThat(settings.api())
                .isEqualTo(new ApiSettings(
                        new ListenAddress("", 6070),
                        new ListenAddress("", 6071),
                        Duration.ofMinutes(15),
                        null,
                        null,
                        null,
                        null,
                        null,
                        false,
                        null));
        assertThat(settings.updater())
                .isEqualTo(new UpdaterSettings(Duration.ofHours(2), Duration.ofMinutes(10), null, List.of(), null));
        assertThat(settings.notifier())
                .isEqualTo(new NotifierSettings(
                        3,
                        Duration.ofHours(2),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        URI.create("http://hooks.example/clair"),
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    @Test
    void theLayoutOfVersion3IsUnderstood() throws Exception {
        ServerSettings settings = settings("""
            clair:
              database:
                options:
                  paginationkey: XxoPtCUzrUv4JV5dS+yQ+MdW7yLEJnRMwigVY/bpgtQ=
                  maxopenconnections: 7
              api:
                addr: 0.0.0.0:6060
                healthaddr: "[::1]:6061"
                v1_addr: ":6062"
              worker:
                namespace_detectors: [os-release]
                local_layer_roots: [/srv/layers, /tmp]
                fetch_policy: strict
              updater:
                enabledupdaters: [debian, alpine]
                force: [alpine]
                mirror: http://mirror.example/feeds
            """);
        assertThat(settings.api())
                .isEqualTo(new ApiSettings(
                        new ListenAddress("", 6062),
                        new ListenAddress("::1", 6061),
                        Duration.ofMinutes(15),
                        "XxoPtCUzrUv4JV5dS+yQ+MdW7yLEJnRMwigVY/bpgtQ=",
                        null,
                        null,
                        null,
                        null,
                        false,
                        null));
        assertThat(settings.database().connections()).isEqualTo(7);
        assertThat(settings.worker())
                .isEqualTo(new WorkerSettings(List.of(Path.of("/srv/layers"), Path.of("/tmp")), true));
        assertThat(settings.updater())
                .isEqualTo(new UpdaterSettings(
                        Duration.ofHours(1),
                        Duration.ofMinutes(10),
                        List.of("debian", "alpine"),
                        List.of("alpine"),
                        URI.create("http://mirror.example/feeds")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        updater:                          | updater
        updater: {interval: 0}            | updater
        updater: {enabledupdaters: []}    | updater
        notifier:                         | notifier
        api:                              | api
        """)
    void aServiceCanBeSwitchedOff(String section, String service) throws Exception {
        ServerSettings settings = settings("clair:\n  " + section + "\n");
        Object off = switch (service) {
            case "updater" -> settings.updater();
            case "notifier" -> settings.notifier();
            default -> settings.api();
        };
        assertThat(off).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        {api: {prot: 1}}                 | :1 | unknown key below api: prot (did you mean port?)
        {apis: {port: 1}}                | :1 | unknown key: apis (did you mean api?)
        {database: {options: {x: 1}}}    | :1 | unknown key below database.options: x (there is
        {api: {port: 66000}}             | :1 | api.port is "66000", but has to be a port, 1 to 65535
        {api: {port: [1]}}               | :1 | api.port is a list, but has to be a port, 1 to 65535
        {api: {port: {a: 1}}}            | :1 | api.port has no keys below it
        {api: 6060}                      | :1 | api has to have keys below it
        {api: {timeout: 900}}            | :1 | api.timeout is "900", but has to be a length of time, as 900s, 1h30m or 0
        {api: {certfile: /c}}            | :1 | api.certfile: api.certfile and api.keyfile belong together, and only one of them is set
        {api: {keyfile: /k}}             | :1 | api.keyfile: api.certfile and api.keyfile belong together, and only one of them is set
        {api: {cafile: /c}}              | :1 | api.cafile: client certificates are asked for over HTTPS only
        {api: {addr: ":1"}}              | :1 | api.addr: this is the address of API v3, which is not part of this version
        {updater: {lease: 0}}            | :1 | updater.lease: a server could not renew it in time
        {notifier: {claim: 100ms, http: {endpoint: "http://h/"}}} | :1 | notifier.claim: a server could not renew it in time
        {notifier: {http: {endpoint: "http://h/", certfile: /c}}} | :1 | notifier.http.certfile: notifier.http.certfile and notifier.http.keyfile belong together, and only one of them is set
        {notifier: {http: {endpoint: "http://h/", cafile: /a, keyfile: /k}}} | :1 | notifier.http.keyfile: notifier.http.certfile and notifier.http.keyfile belong together, and only one of them is set
        {notifier: {check_interval: 0, http: {endpoint: "http://h/"}}} | :1 | notifier.check_interval: the database would be asked without a pause
        {database: {type: mysql}}        | :1 | database.type is "mysql", but has to be pgsql
        {worker: {local_layer_roots: a}} | :1 | worker.local_layer_roots is "a", but has to be a list of absolute names of folders
        {worker: {local_layer_roots: [a]}} | :1 | worker.local_layer_roots is a list, but has to be a list of absolute names of folders
        {api: {port: 1, port: 2}}        | :1 | clair.api.port is there twice
        {api.port: 1}                    | :1 | api.port has a dot
        {api: {port: 1}                  | -  | it is no YAML
        """)
    void whatMakesNoSenseIsSaidWithItsLine(String text, String place, String reason) {
        LimpidException told = catchThrowableOfType(LimpidException.class, () -> settings("clair: " + text + "\n"));
        assertThat(told.reason()).startsWith(reason);
        assertThat(told.what()).startsWith("reading the configuration test.yaml" + (place == null ? "" : place));
    }

    @Test
    void theFileHasOneMapOnly() {
        LimpidException told = catchThrowableOfType(LimpidException.class, () -> settings("api:\n  port: 1\n"));
        assertThat(told.reason()).isEqualTo("the file has api beside the one map clair");
        assertThat(told.hint()).isEqualTo("all keys stand below clair:");
    }

    @Test
    void sendersOfOthersArePassedOver() throws Exception {
        Configuration configuration = configuration("""
            clair:
              notifier:
                stomp:
                  url: tcp://example
            """);
        assertThat(configuration.remarks())
                .containsExactly("notifier.stomp is a sender that is not here, and does nothing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {api: {port: 1, addr: ":2"}}             | api.addr is the address of API v3, which is not part of this version
        {api: {port: 1, v1_addr: ":2"}}          | api.port does nothing beside api.v1_addr
        {api: {healthport: 1, healthaddr: ":2"}} | api.healthport does nothing beside api.healthaddr
        {api: {paginationkey: a}, database: {options: {paginationkey: b}}} | database.options.paginationkey does nothing beside api.paginationkey
        {updater: }                              | updater is empty, so that service is off
        """)
    void whatDoesNothingIsSaid(String text, String remark) throws Exception {
        Configuration configuration = configuration("clair: " + text + "\n");
        assertThat(configuration.remarks()).containsExactly(remark);
        assertThat(configuration.listing()).contains("note: " + remark);
    }

    @Test
    void theListingSaysWhereEachValueIsFromAndNoPassword() throws Exception {
        List<String> lines = configuration(CLAIR_2.replace("user=postgres", "user=u password=hush"))
                .listing();
        assertThat(lines)
                .anyMatch(line -> line.matches("api\\.port +=\\s6070 {3}\\(test\\.yaml:9\\)"))
                .anyMatch(line -> line.matches("api\\.v1_addr +=\\s\\(not set\\) {3}\\(default\\)"))
                .anyMatch(line ->
                        line.matches("database\\.options\\.source +=\\s\\(not shown\\) {3}\\(test\\.yaml:5\\)"));
        assertThat(String.join("\n", lines)).doesNotContain("hush");
    }

    @Test
    void aFileThatIsNotThere() {
        Path missing = folder.resolve("none.yaml");
        LimpidException told = catchThrowableOfType(LimpidException.class, () -> Configuration.read(missing));
        assertThat(told.reason()).isEqualTo("there is no such file");
    }

    @Test
    void whatIsNoTextIsRefused() throws Exception {
        Path file = folder.resolve("c.yaml");
        Files.write(file, new byte[] {'c', (byte) 0xff, ':'});
        LimpidException told = catchThrowableOfType(LimpidException.class, () -> Configuration.read(file));
        assertThat(told.reason()).isEqualTo("it is not UTF-8");
        Files.write(file, new byte[(1 << 20) + 1]);
        told = catchThrowableOfType(LimpidException.class, () -> Configuration.read(file));
        assertThat(told.reason()).startsWith("it is larger than");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
        0,       PT0S
        0s,      PT0S
        900s,    PT15M
        1h30m,   PT1H30M
        1.5h,    PT1H30M
        .5s,     PT0.5S
        500ms,   PT0.5S
        1h1m1s1ms1us1ns, PT1H1M1.001001001S
        1,       -
        h,       -
        1 h,     -
        -1h,     -
        1d,      -
        '',      -
        9999999999h, -
        """)
    void lengthsOfTimeAreGos(String text, Duration length) {
        assertThat(GoDuration.parse(text)).isEqualTo(length);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
        :6060,            '',        6060
        0.0.0.0:0,        0.0.0.0,   0
        [::]:80,          ::,        80
        a.example:80,     a.example, 80
        ::1:80,           -,         0
        a.example,        -,         0
        a:b,              -,         0
        :65536,           -,         0
        http://a:80,      -,         0
        """)
    void addressesAreGos(String text, String host, int port) {
        assertThat(ListenAddress.parse(text)).isEqualTo(host == null ? null : new ListenAddress(host, port));
    }

    private static ServerSettings settings(String text) throws LimpidException {
        return ServerSettings.of(configuration(text));
    }

    private static Configuration configuration(String text) throws LimpidException {
        return Configuration.of(YamlFile.parse("test.yaml", text.getBytes(StandardCharsets.UTF_8)));
    }
}
