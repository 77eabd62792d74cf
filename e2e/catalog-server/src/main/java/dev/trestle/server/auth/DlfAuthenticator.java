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
package dev.trestle.server.auth;

import dev.trestle.server.http.Authenticator;
import dev.trestle.server.http.Call;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.paimon.rest.auth.DLFAuthProvider;
import org.apache.paimon.rest.auth.DLFDefaultSigner;
import org.apache.paimon.rest.auth.DLFOpenApiSigner;
import org.apache.paimon.rest.auth.DLFRequestSigner;
import org.apache.paimon.rest.auth.DLFToken;
import org.apache.paimon.rest.auth.RESTAuthParameter;

/**
 * Verifies DLF signatures by having Paimon's own signers sign the call that arrived, and comparing. Both kinds are
 * accepted: {@code DLF4-HMAC-SHA256} and {@code acs}.
 */
final class DlfAuthenticator implements Authenticator {

    /** How far the caller's clock may be off. */
    static final Duration TOLERANCE = Duration.ofMinutes(15);

    private static final Pattern DEFAULT_SCHEME =
            Pattern.compile("DLF4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/DlfNext/aliyun_v4_request,.*");
    private static final Pattern OPENAPI_SCHEME = Pattern.compile("acs ([^:]+):.+");
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private static final List<String> DEFAULT_SIGNED = List.of(
            DLFAuthProvider.DLF_DATE_HEADER_KEY,
            DLFAuthProvider.DLF_CONTENT_SHA56_HEADER_KEY,
            DLFAuthProvider.DLF_AUTH_VERSION_HEADER_KEY,
            DLFAuthProvider.DLF_CONTENT_TYPE_KEY,
            DLFAuthProvider.DLF_CONTENT_MD5_HEADER_KEY,
            DLFAuthProvider.DLF_SECURITY_TOKEN_HEADER_KEY);

    private static final List<String> OPENAPI_SIGNED = List.of("Date", "Accept", "Content-MD5", "Content-Type", "Host");

    private final Credentials.Dlf credentials;
    private final DLFToken token;
    private final Clock clock;

    DlfAuthenticator(Credentials.Dlf credentials, Clock clock) {
        this.credentials = credentials;
        this.clock = clock;
        this.token = new DLFToken(
                credentials.accessKeyId(),
                credentials.accessKeySecret(),
                credentials.securityToken().orElse(null),
                null);
    }

    @Override
    public Result authenticate(Call call) {
        String authorization = call.header("Authorization").orElse("");
        Matcher byDefault = DEFAULT_SCHEME.matcher(authorization);
        if (byDefault.matches()) {
            return verify(
                    call,
                    authorization,
                    byDefault.group(1),
                    new DLFDefaultSigner(byDefault.group(3)),
                    signedByDefault(call),
                    date(call, DLFAuthProvider.DLF_DATE_HEADER_KEY, DLFAuthProvider.AUTH_DATE_TIME_FORMATTER),
                    call.header(DLFAuthProvider.DLF_SECURITY_TOKEN_HEADER_KEY));
        }
        Matcher byOpenApi = OPENAPI_SCHEME.matcher(authorization);
        if (byOpenApi.matches()) {
            return verify(
                    call,
                    authorization,
                    byOpenApi.group(1),
                    new DLFOpenApiSigner(),
                    signedByOpenApi(call),
                    date(call, "Date", HTTP_DATE),
                    call.header("x-acs-security-token"));
        }
        return new Rejected(
                authorization.isEmpty()
                        ? "The call has no Authorization header; this server asks for a DLF signature."
                        : "The Authorization header is not a DLF signature.");
    }

    private Result verify(
            Call call,
            String authorization,
            String accessKeyId,
            DLFRequestSigner signer,
            Map<String, String> signedHeaders,
            Optional<Instant> date,
            Optional<String> securityToken) {
        if (!accessKeyId.equals(credentials.accessKeyId())) {
            return new Rejected("The access key id is not known here.");
        }
        if (!same(securityToken.orElse(""), credentials.securityToken().orElse(""))) {
            return new Rejected("The security token is not valid here.");
        }
        if (date.isEmpty()) {
            return new Rejected("The call's date is missing or not in the form that its signature asks for.");
        }
        Duration skew = Duration.between(date.get(), clock.instant()).abs();
        if (skew.compareTo(TOLERANCE) > 0) {
            return new Rejected("The call's date is " + skew.toMinutes() + " minutes off this server's clock; at most "
                    + TOLERANCE.toMinutes() + " are tolerated.");
        }
        if (call.body().length > 0 && !contentMatches(call)) {
            return new Rejected("The body is not the one that was signed: Content-MD5 differs.");
        }
        String host = call.header("Host").orElse("");
        for (RESTAuthParameter request : SignedRequest.readings(call)) {
            if (same(authorization, sign(signer, request, host, signedHeaders))) {
                return new Accepted(accessKeyId);
            }
        }
        return new Rejected("The signature does not fit the call: check the access key secret.");
    }

    private String sign(DLFRequestSigner signer, RESTAuthParameter request, String host, Map<String, String> headers) {
        try {
            return signer.authorization(request, token, host, headers);
        } catch (Exception e) {
            throw new IllegalStateException("Paimon's signer " + signer.identifier() + " failed", e);
        }
    }

    private static Map<String, String> signedByDefault(Call call) {
        return present(call, DEFAULT_SIGNED);
    }

    private static Map<String, String> signedByOpenApi(Call call) {
        Map<String, String> signed = present(call, OPENAPI_SIGNED);
        call.headers().forEach((name, value) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith("x-acs-")) {
                signed.put(name, value);
            }
        });
        return signed;
    }

    private static Map<String, String> present(Call call, List<String> names) {
        Map<String, String> headers = new HashMap<>();
        names.forEach(name -> call.header(name).ifPresent(value -> headers.put(name, value)));
        return headers;
    }

    private static Optional<Instant> date(Call call, String header, DateTimeFormatter format) {
        try {
            return call.header(header)
                    .map(text -> LocalDateTime.parse(text, format).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static boolean contentMatches(Call call) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(call.body());
            return call.header("Content-MD5")
                    .map(md5 -> same(md5, Base64.getEncoder().encodeToString(digest)))
                    .orElse(false);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean same(String left, String right) {
        return MessageDigest.isEqual(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }
}
