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
import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.auth.RequestToSign;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** DLF4-HMAC-SHA256: the signature of DLF's own endpoints. The rules are those of Paimon's {@code DLFDefaultSigner}. */
final class DefaultSigner implements RequestSigner {

    static final String IDENTIFIER = "default";

    private static final String ALGORITHM = "DLF4-HMAC-SHA256";
    private static final String HMAC = "HmacSHA256";
    private static final String PRODUCT = "DlfNext";
    private static final String TERMINATOR = "aliyun_v4_request";
    private static final String PAYLOAD = "UNSIGNED-PAYLOAD";
    private static final String DEFAULT_CONTENT_TYPE = "application/json";

    private final String region;
    private final HeaderDate time = new HeaderDate(DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT));

    /** The key of the latest signature; null before the first. */
    private volatile SigningKey latestKey;

    DefaultSigner(String region) {
        this.region = requireNonNull(region, "region is null");
    }

    @Override
    public Map<String, String> sign(RequestToSign request, DlfToken token, Instant now) {
        String dateTime = time.at(now);
        String date = dateTime.substring(0, 8);
        String scope = date + '/' + region + '/' + PRODUCT + '/' + TERMINATOR;

        Map<String, String> headers = headersToSign(request, token, dateTime);
        String hash = HexFormat.of().formatHex(Digests.sha256(canonicalRequest(request, headers)));
        String stringToSign = ALGORITHM + '\n' + dateTime + '\n' + scope + '\n' + hash;
        byte[] signature = signingKey(token.accessKeySecret(), date).digest(stringToSign);

        headers.put(
                "Authorization",
                ALGORITHM + " Credential=" + token.accessKeyId() + '/' + scope + ",Signature="
                        + HexFormat.of().formatHex(signature));
        return headers;
    }

    /** In the order of their names in lower case, in which they are signed. */
    private static Map<String, String> headersToSign(RequestToSign request, DlfToken token, String dateTime) {
        Map<String, String> headers = new LinkedHashMap<>();
        request.body().filter(body -> body.length > 0).ifPresent(body -> {
            headers.put("Content-MD5", Digests.md5Base64(body));
            headers.put("Content-Type", request.contentType().orElse(DEFAULT_CONTENT_TYPE));
        });
        headers.put("x-dlf-content-sha256", PAYLOAD);
        headers.put("x-dlf-date", dateTime);
        token.securityToken().ifPresent(securityToken -> headers.put("x-dlf-security-token", securityToken));
        headers.put("x-dlf-version", "v1");
        return headers;
    }

    private static String canonicalRequest(RequestToSign request, Map<String, String> headers) {
        StringBuilder canonical = new StringBuilder(1024);
        canonical.append(request.method()).append('\n');
        canonical.append(request.encodedPath()).append('\n');
        QueryParameters.parse(request.encodedQuery()).appendEncoded(canonical);
        canonical.append('\n');
        headers.forEach((name, value) -> canonical
                .append(name.toLowerCase(Locale.ROOT))
                .append(':')
                .append(value)
                .append('\n'));
        return canonical.append(PAYLOAD).toString();
    }

    /** The same for all requests of a day with one secret, so that it is derived once. */
    KeyedDigest signingKey(String secret, String date) {
        SigningKey key = latestKey;
        if (key == null || !key.date.equals(date) || !key.secret.equals(secret)) {
            key = new SigningKey(secret, date, deriveKey(secret, date));
            latestKey = key;
        }
        return key.digest;
    }

    private KeyedDigest deriveKey(String secret, String date) {
        KeyedDigest key = new KeyedDigest(HMAC, ("aliyun_v4" + secret).getBytes(UTF_8));
        for (String part : List.of(date, region, PRODUCT, TERMINATOR)) {
            key = new KeyedDigest(HMAC, key.digest(part));
        }
        return key;
    }

    private record SigningKey(String secret, String date, KeyedDigest digest) {
        @Override
        public String toString() {
            return "SigningKey[" + date + "]";
        }
    }
}
