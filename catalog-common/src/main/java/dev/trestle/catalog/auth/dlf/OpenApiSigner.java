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
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * HMAC-SHA1 of Alibaba Cloud's OpenAPI gateway, in its ROA form (Alibaba Cloud, "RESTful request syntax and signature method
 * V2 & V1"). The rules are those of Paimon's {@code DLFOpenApiSigner}.
 */
final class OpenApiSigner implements RequestSigner {

    static final String IDENTIFIER = "openapi";

    private static final String HMAC = "HmacSHA1";
    private static final String ACCEPT = "application/json";
    private static final String DEFAULT_CONTENT_TYPE = "application/json";

    private static final String DATE_FORMAT = "EEE, dd MMM uuuu HH:mm:ss 'GMT'";

    /** Signed by value, each on a line of its own, which is empty where there is no such header. */
    private static final List<String> STANDARD_HEADERS = List.of("Accept", "Content-MD5", "Content-Type", "Date");

    private final Supplier<String> nonces;
    private final HeaderDate date = new HeaderDate(DateTimeFormatter.ofPattern(DATE_FORMAT, Locale.ENGLISH));

    /** The key of the latest signature; null before the first. */
    private volatile SigningKey latestKey;

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
        Map<String, String> headers = headersToSign(request, token, now);
        byte[] signature = signingKey(token.accessKeySecret()).digest(stringToSign(request, headers));
        headers.put(
                "Authorization",
                "acs " + token.accessKeyId() + ':' + Base64.getEncoder().encodeToString(signature));
        return headers;
    }

    /** The gateway's own in the order of their names, in which they are signed. */
    private Map<String, String> headersToSign(RequestToSign request, DlfToken token, Instant now) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", ACCEPT);
        request.body().filter(body -> body.length > 0).ifPresent(body -> {
            headers.put("Content-MD5", Digests.md5Base64(body));
            headers.put("Content-Type", request.contentType().orElse(DEFAULT_CONTENT_TYPE));
        });
        headers.put("Date", date.at(now));
        headers.put("Host", request.host());
        token.securityToken().ifPresent(securityToken -> headers.put("x-acs-security-token", securityToken));
        headers.put("x-acs-signature-method", "HMAC-SHA1");
        headers.put("x-acs-signature-nonce", nonces.get());
        headers.put("x-acs-signature-version", "1.0");
        headers.put("x-acs-version", "2026-01-18");
        return headers;
    }

    private static String stringToSign(RequestToSign request, Map<String, String> headers) {
        StringBuilder text = new StringBuilder(1024);
        text.append(request.method()).append('\n');
        for (String name : STANDARD_HEADERS) {
            text.append(headers.getOrDefault(name, "")).append('\n');
        }
        headers.forEach((name, value) -> {
            if (name.startsWith("x-acs-")) {
                text.append(name).append(':').append(value).append('\n');
            }
        });
        text.append(FormEncoding.decode(request.encodedPath()));
        QueryParameters query = QueryParameters.parse(request.encodedQuery());
        if (!query.isEmpty()) {
            query.appendDecoded(text.append('?'));
        }
        return text.toString();
    }

    private KeyedDigest signingKey(String secret) {
        SigningKey key = latestKey;
        if (key == null || !key.secret.equals(secret)) {
            key = new SigningKey(secret, new KeyedDigest(HMAC, secret.getBytes(UTF_8)));
            latestKey = key;
        }
        return key.digest;
    }

    private record SigningKey(String secret, KeyedDigest digest) {
        @Override
        public String toString() {
            return "SigningKey";
        }
    }
}
