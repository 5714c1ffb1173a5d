package io.limpid.feedformat.secdb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecdbNamesTest {

    /** Strings of Alpine's real databases, and some that are none of anybody's. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "CVE-2017-9798|[CVE-2017-9798]|[]|",
                "CVE-2016-9386   XSA-191|[CVE-2016-9386]|[XSA-191]|",
                "CVE-2020-11740 CVE-2020-11741 XSA-313|[CVE-2020-11740, CVE-2020-11741]|[XSA-313]|",
                "CVE-2020-11501 GNUTLS-SA-2020-03-31 CVE-2020-11501|[CVE-2020-11501]|[GNUTLS-SA-2020-03-31]|",
                "CVE-2017-5753 CVE-2017-5715 XSA-254 XPTI|[CVE-2017-5753, CVE-2017-5715]|[XSA-254]|",
                "CVE-2024-22195 GHSA-h5c8-rqwp-cp95|[CVE-2024-22195]|[GHSA-h5c8-rqwp-cp95]|",
                "CVE-2021-27219,GHSL-2021-045|[CVE-2021-27219]|[GHSL-2021-045]|",
                "CVE-2020-11740/CVE-2020-11741|[CVE-2020-11740, CVE-2020-11741]|[]|",
                "CVE-2020-11740+CVE-2020-11740_CVE-2020-11741|[CVE-2020-11740, CVE-2020-11741]|[]|",
                "CVE_2019-2426|[CVE-2019-2426]|[]|",
                "cve-2019-2426|[CVE-2019-2426]|[]|",
                "CVE-2017-17434-1|[CVE-2017-17434]|[]|",
                "CVE-2021-35940.patch|[CVE-2021-35940]|[]|",
                "CVE-2017-2616 (+ regression fix)|[CVE-2017-2616]|[]|+ regression fix",
                "CVE-2018-14880 (OSPF6)|[CVE-2018-14880]|[]|OSPF6",
                "CVE-2020-14342 ()|[CVE-2020-14342]|[]|",
                "CVE-46838|[CVE-46838]|[]|",
                "CVE-????-????? TS-2024-005|[TS-2024-005]|[]|",
                "CVE N/A ZBX-11023|[ZBX-11023]|[]|",
                "VSV00010|[VSV00010]|[]|",
                "XSA-254 ALPINE-13661|[XSA-254]|[ALPINE-13661]|",
                "wnpa-sec-2017-18|[wnpa-sec-2017-18]|[]|",
                "CGA-xxh5-2v4w-9q7p|[CGA-xxh5-2v4w-9q7p]|[]|",
                "GHSA-jfmj-vxgc-qrjm|[GHSA-jfmj-vxgc-qrjm]|[]|",
                "CVE-????-?????|[]|[]|",
                "see the changelog|[]|[]|",
                "(CVE-2020-0001)|[]|[]|CVE-2020-0001",
                "https://example.org/1|[]|[]|",
            })
    void names(String text, String ids, String aliases, String remark) {
        SecdbNames names = SecdbNames.of(text);
        assertThat(names.ids()).hasToString(ids);
        assertThat(names.aliases()).hasToString(aliases);
        assertThat(names.remark()).isEqualTo(remark);
    }
}
