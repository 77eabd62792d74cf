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
import java.net.URLDecoder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA1 of Alibaba Cloud's OpenAPI gateway, in its ROA form (Alibaba Cloud, "RESTful request syntax and signature method
 * V2 & V1"). The rules are those of Paimon's {@code DLFOpenApiSigner}.
 */
final class OpenApiSigner implements RequestSigner {

    static final String IDENTIFIER = "openapi";

    private static final String HMAC = "HmacSHA1";
    private static final String ACCEPT = "application/json";
    private static final String DEFAULT_CONTENT_TYPE = "application/json";

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Supplier<String> nonces;

    OpenApiSigner() {
        this(uniqueNonces());
    }

    /** @param nonces a text that no other request has, at each call */
    OpenApiSigner(Supplier<String> nonces) {
        this.nonces = requireNonNull(nonces, "nonces is null");
    }

    /** A nonce must be unique, not secret: a random name of this signer and a number. */
    private static Supplier<String> uniqueNonces() {
        String signer = UUID.randomUUID() + "-";
        AtomicLong number = new AtomicLong();
        return () -> signer + number.incrementAndGet();
    }

    @Override
    public Map<String, String> sign(RequestToSign request, DlfToken token, Instant now) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", ACCEPT);
        request.body().filter(body -> body.length > 0).ifPresent(body -> {
            headers.put("Content-MD5", Digests.md5Base64(body));
            headers.put("Content-Type", request.contentType().orElse(DEFAULT_CONTENT_TYPE));
        });
        headers.put("Date", DATE.format(now));

        Map<String, String> gatewayHeaders = gatewayHeaders(token);
        String stringToSign = stringToSign(request, headers, gatewayHeaders);
        byte[] signature =
                Digests.hmac(new SecretKeySpec(token.accessKeySecret().getBytes(UTF_8), HMAC), stringToSign);

        headers.put("Host", request.host());
        headers.putAll(gatewayHeaders);
        headers.put(
                "Authorization",
                "acs " + token.accessKeyId() + ':' + Base64.getEncoder().encodeToString(signature));
        return headers;
    }

    /** In the order of their names, in which they are signed. */
    private Map<String, String> gatewayHeaders(DlfToken token) {
        Map<String, String> headers = new LinkedHashMap<>();
        token.securityToken().ifPresent(securityToken -> headers.put("x-acs-security-token", securityToken));
        headers.put("x-acs-signature-method", "HMAC-SHA1");
        headers.put("x-acs-signature-nonce", nonces.get());
        headers.put("x-acs-signature-version", "1.0");
        headers.put("x-acs-version", "2026-01-18");
        return headers;
    }

    private static String stringToSign(
            RequestToSign request, Map<String, String> headers, Map<String, String> gatewayHeaders) {
        StringBuilder text = new StringBuilder(512);
        text.append(request.method()).append('\n');
        for (String name : new String[] {"Accept", "Content-MD5", "Content-Type", "Date"}) {
            text.append(headers.getOrDefault(name, "")).append('\n');
        }
        gatewayHeaders.forEach(
                (name, value) -> text.append(name).append(':').append(value).append('\n'));
        text.append(URLDecoder.decode(request.encodedPath(), UTF_8));
        QueryParameters query = QueryParameters.parse(request.encodedQuery());
        if (!query.isEmpty()) {
            query.appendDecoded(text.append('?'));
        }
        return text.toString();
    }
}
