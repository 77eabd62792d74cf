/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package dev.trestle.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.paimon.CoreOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogOptionsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token",
                "basic.password",
                "dlf.access-key-secret",
                "dlf.security-token",
                "http.tls.trust-store-password",
                "http.tls.key-store-password",
                "fs.oss.accessKeySecret",
                "fs.oss.securityToken",
                "s3.secret-key",
                "s3.access-key",
                "fs.s3a.session.token",
                "fs.azure.account.key.mine.dfs.core.windows.net",
                "header.Authorization",
                "header.Cookie",
                "header.X-Anything",
                "some.PASSWORD.of.mine"
            })
    void hidesWhatIsASecretOrMayBeOne(String key) {
        assertThat(CatalogOptions.shown(key, "hunter2")).isEqualTo("******");
    }

    @ParameterizedTest
    @CsvSource({
        "uri, https://catalog.example.com/base",
        "warehouse, wh",
        "token.provider, bear",
        "dlf.region, eu-central-1",
        "http.call-timeout, 60 s",
        "table-default.primary-key, id",
        "bucket-key, id"
    })
    void showsWhatIsNone(String key, String value) {
        assertThat(CatalogOptions.shown(key, value)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "fields.token.aggregate-function, max, max",
        "field.token_embedding.vector-dim, 3, 3",
        "file-index.bloom-filter.token.fpp, 0.1, 0.1",
        "parquet.bloom.filter.enabled#token, true, true",
        "data-file.external-paths, abfss://box@acct.example.com/x, abfss://box@acct.example.com/x",
        "data-file.external-paths, hdfs://nn:8020/a@b, hdfs://nn:8020/a@b",
        "data-file.external-paths, oss://b/a@b/c, oss://b/a@b/c",
        "some.address, https://user:hunter2@host/x, https://******@host/x",
        "some.address, https://hunter2@host/x, https://******@host/x",
        "some.address, s3://id:hun/ter+2@bucket/x, s3://******@bucket/x",
        "some.address, jdbc:mysql://root:hun@ter2@host/db, jdbc:mysql://******@host/db",
        "fs.oss.accessKeySecret, hunter2, ******",
        "fs.oss.accessKeySecret, ${env:KEY}, ${env:KEY}"
    })
    void showsOfTablesAllButSecrets(String key, String value, String shown) {
        assertThat(CatalogOptions.shownOfTable(key, value)).isEqualTo(shown);
        assertThat(CatalogOptions.isRedacted(shown)).isEqualTo(!shown.equals(value));
    }

    @Test
    void noneOfPaimonsOptionsOfTablesIsASecret() {
        assertThat(CoreOptions.getOptions())
                .allSatisfy(option -> assertThat(CatalogOptions.shownOfTable(option.key(), "value"))
                        .as(option.key())
                        .isEqualTo("value"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"${env:TOKEN}", "${file:/run/secrets/token}"})
    void showsAReferenceToASecret(String reference) {
        assertThat(CatalogOptions.shown("token", reference)).isEqualTo(reference);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${hunter2}", "${env:A}hunter2${env:B}", "${env:}", "x${env:A}"})
    void hidesWhatOnlyLooksLikeAReference(String secret) {
        assertThat(CatalogOptions.shown("token", secret)).isEqualTo("******");
    }

    @ParameterizedTest
    @CsvSource({
        "http.proxy, http://user:hunter2@proxy:3128, http://******@proxy:3128",
        "http.proxy, http://user:hun@ter2@proxy, http://******@proxy",
        "uri, https://user:hun/ter2@host/path, https://******@host/path"
    })
    void hidesTheUserInAnAddress(String key, String value, String shown) {
        assertThat(CatalogOptions.shown(key, value)).isEqualTo(shown);
    }

    @Test
    void describesEachOptionOnce() {
        assertThat(CatalogOptions.keys()).doesNotHaveDuplicates();
        assertThat(CatalogOptions.ALL).allSatisfy(option -> {
            assertThat(option.description()).isNotBlank();
            assertThat(option.secret())
                    .as(option.key())
                    .isEqualTo(option.key().matches(".*(password|secret|-token)|token"));
        });
    }
}
