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
package dev.trestle.catalog.auth.dlf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.catalog.auth.RequestToSign;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenApiSignerTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final DlfToken TOKEN = new DlfToken("id", "secret", Optional.empty(), Optional.empty());
    private static final RequestToSign REQUEST = new RequestToSign(
            "GET", "localhost:8080", "/v1/config", Optional.empty(), Optional.empty(), Optional.empty());

    private final Locale machineLocale = Locale.getDefault();

    @AfterEach
    void restoreLocale() {
        Locale.setDefault(machineLocale);
    }

    @Test
    void datesAreEnglishInAnyLocale() {
        for (String locale : new String[] {"th-TH-u-ca-buddhist-nu-thai", "ar-EG-u-nu-arab", "de-DE", "zh-CN"}) {
            Locale.setDefault(Locale.forLanguageTag(locale));

            assertThat(new OpenApiSigner().sign(REQUEST, TOKEN, NOON))
                    .as(locale)
                    .containsEntry("Date", "Sat, 31 Jan 2026 12:00:00 GMT");
        }
    }

    @Test
    void noTwoRequestsHaveOneNonce() {
        OpenApiSigner signer = new OpenApiSigner();
        OpenApiSigner ofAnotherProcess = new OpenApiSigner();

        assertThat(IntStream.range(0, 1_000)
                        .parallel()
                        .mapToObj(i -> i % 2 == 0 ? signer : ofAnotherProcess)
                        .map(one -> one.sign(REQUEST, TOKEN, NOON).get("x-acs-signature-nonce"))
                        .toList())
                .doesNotHaveDuplicates();
    }

    @Test
    void returnsEveryHeaderThatIsSigned() {
        assertThat(new OpenApiSigner().sign(REQUEST, TOKEN, NOON))
                .containsEntry("Accept", "application/json")
                .containsEntry("Host", "localhost:8080")
                .containsKeys("Date", "x-acs-signature-nonce", "x-acs-version", "Authorization");
    }
}
