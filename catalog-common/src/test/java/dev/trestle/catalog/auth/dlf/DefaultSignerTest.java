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

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.catalog.auth.RequestToSign;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DefaultSignerTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final DlfToken TOKEN = new DlfToken("id", "secret", Optional.empty(), Optional.empty());

    private final Locale machineLocale = Locale.getDefault();
    private final DefaultSigner signer = new DefaultSigner("cn-hangzhou");

    @AfterEach
    void restoreLocale() {
        Locale.setDefault(machineLocale);
    }

    @Test
    void datesAreAsciiDigitsInAnyLocale() {
        for (String locale : new String[] {"th-TH-u-ca-buddhist-nu-thai", "ar-EG-u-nu-arab", "tr-TR", "fa-IR"}) {
            Locale.setDefault(Locale.forLanguageTag(locale));

            assertThat(new DefaultSigner("cn-hangzhou").sign(get("/v1/config"), TOKEN, NOON))
                    .as(locale)
                    .containsEntry("x-dlf-date", "20260131T120000Z")
                    .isEqualTo(signer.sign(get("/v1/config"), TOKEN, NOON));
        }
    }

    @Test
    void derivesTheKeyOnceADay() {
        assertThat(signer.signingKey("secret", "20260131"))
                .isSameAs(signer.signingKey("secret", "20260131"))
                .isNotEqualTo(signer.signingKey("secret", "20260201"));
    }

    @Test
    void derivesTheKeyAnewForAnotherSecret() {
        assertThat(signer.signingKey("secret", "20260131")).isNotEqualTo(signer.signingKey("other", "20260131"));
    }

    @Test
    void signsTheContentTypeThatIsSent() {
        RequestToSign plain = post("text/plain", "{}");

        assertThat(signer.sign(plain, TOKEN, NOON)).containsEntry("Content-Type", "text/plain");
        assertThat(signer.sign(plain, TOKEN, NOON).get("Authorization"))
                .isNotEqualTo(
                        signer.sign(post("application/json", "{}"), TOKEN, NOON).get("Authorization"));
    }

    @Test
    void anEmptyBodyIsNone() {
        assertThat(signer.sign(post("application/json", ""), TOKEN, NOON))
                .doesNotContainKeys("Content-MD5", "Content-Type");
    }

    private static RequestToSign get(String path) {
        return new RequestToSign("GET", "localhost", path, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static RequestToSign post(String contentType, String body) {
        return new RequestToSign(
                "POST",
                "localhost",
                "/v1/wh/databases",
                Optional.empty(),
                Optional.of(contentType),
                Optional.of(body.getBytes(UTF_8)));
    }
}
