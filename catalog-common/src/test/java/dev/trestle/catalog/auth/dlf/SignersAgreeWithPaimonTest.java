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

import dev.trestle.catalog.auth.dlf.RandomRequests.Sample;
import java.util.HashMap;
import java.util.Map;
import org.apache.paimon.rest.auth.DLFDefaultSigner;
import org.apache.paimon.rest.auth.DLFOpenApiSigner;
import org.apache.paimon.rest.auth.DLFRequestSigner;
import org.apache.paimon.rest.auth.DLFToken;
import org.apache.paimon.rest.auth.RESTAuthParameter;
import org.junit.jupiter.api.Test;

/** Paimon's own signer classes are what the catalogs of today are signed for with. */
class SignersAgreeWithPaimonTest {

    private static final int REQUESTS = 2_000;

    @Test
    void defaultSignaturesOfAnyRequestAreTheSame() throws Exception {
        for (Sample sample : new RandomRequests(1).samples(REQUESTS).toList()) {
            Map<String, String> expected = paimonHeaders(new DLFDefaultSigner(sample.region()), sample);

            Map<String, String> headers =
                    new DefaultSigner(sample.region()).sign(sample.request(), sample.token(), sample.now());

            assertThat(headers).as("%s", sample).isEqualTo(expected);
        }
    }

    @Test
    void openApiSignaturesOfAnyRequestAreTheSame() throws Exception {
        for (Sample sample : new RandomRequests(2).samples(REQUESTS).toList()) {
            Map<String, String> expected = paimonHeaders(new DLFOpenApiSigner(), sample);

            Map<String, String> headers = new OpenApiSigner(() -> expected.get("x-acs-signature-nonce"))
                    .sign(sample.request(), sample.token(), sample.now());

            assertThat(headers).as("%s", sample).isEqualTo(expected);
        }
    }

    private static Map<String, String> paimonHeaders(DLFRequestSigner signer, Sample sample) throws Exception {
        DLFToken token = new DLFToken(
                sample.token().accessKeyId(),
                sample.token().accessKeySecret(),
                sample.token().securityToken().orElse(null),
                null);
        Map<String, String> headers =
                new HashMap<>(signer.signHeaders(sample.body(), sample.now(), token.getSecurityToken(), sample.host()));
        RESTAuthParameter parameter =
                new RESTAuthParameter(sample.encodedPath(), sample.parameters(), sample.method(), sample.body());
        headers.put("Authorization", signer.authorization(parameter, token, sample.host(), headers));
        return headers;
    }
}
