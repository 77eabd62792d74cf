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

import dev.trestle.catalog.auth.AuthenticationException;
import java.io.IOException;
import java.net.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The token of a RAM role from the metadata service of an ECS instance (Alibaba Cloud, "Instance metadata": {@code GET
 * …/security-credentials/} lists the role, {@code GET …/security-credentials/<role>} answers its token).
 */
final class EcsRoleTokenLoader implements DlfTokenLoader {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
    private static final long MAX_ANSWER_BYTES = 64 * 1024;
    private static final Pattern ROLE_NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final HttpUrl metadataUrl;
    private final Optional<String> roleName;
    private final OkHttpClient http;

    /**
     * @param metadataUrl the list of roles; a slash at its end is added where it is missing
     * @param roleName empty where the metadata service is to be asked
     * @throws IllegalArgumentException if the URL is none; the message names the option
     */
    EcsRoleTokenLoader(String metadataUrl, Optional<String> roleName) {
        this(metadataUrl, roleName, CALL_TIMEOUT);
    }

    EcsRoleTokenLoader(String metadataUrl, Optional<String> roleName, Duration callTimeout) {
        HttpUrl url = HttpUrl.parse(metadataUrl.endsWith("/") ? metadataUrl : metadataUrl + "/");
        if (url == null) {
            throw new IllegalArgumentException("Option '" + DlfOptions.ECS_METADATA_URL + "' is no http or https URL");
        }
        this.metadataUrl = url;
        this.roleName = requireNonNull(roleName, "roleName is null");
        // The address is the instance's own: neither a proxy nor a redirect may stand between. A token is loaded a few
        // times a day, so that no connection is kept.
        this.http = new OkHttpClient.Builder()
                .connectTimeout(CONNECT_TIMEOUT)
                .callTimeout(callTimeout)
                .followRedirects(false)
                .proxy(Proxy.NO_PROXY)
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .build();
    }

    @Override
    public DlfToken loadToken() {
        // Not remembered: the instance may be given another role.
        String role = roleName.orElseGet(this::discoverRole);
        HttpUrl url = metadataUrl.newBuilder().addPathSegment(role).build();
        return DlfTokenJson.parse(
                "The ECS metadata service at " + url, get(url, "the token of RAM role '" + role + "'"));
    }

    private String discoverRole() {
        String role = get(metadataUrl, "the instance's RAM role").strip();
        if (!ROLE_NAME.matcher(role).matches()) {
            throw new AuthenticationException("The ECS metadata service at " + metadataUrl
                    + " did not answer with one role's name: set '" + DlfOptions.ECS_ROLE_NAME + "'");
        }
        return role;
    }

    private String get(HttpUrl url, String what) {
        Request request = new Request.Builder().url(url).build();
        try (Response response = http.newCall(request).execute()) {
            if (response.code() == 404) {
                throw new AuthenticationException("The ECS metadata service at " + url + " does not have " + what
                        + ": attach a RAM role to the instance, and check '" + DlfOptions.ECS_ROLE_NAME
                        + "' where it is set");
            }
            if (response.code() != 200) {
                throw new AuthenticationException("The ECS metadata service at " + url + " answered " + response.code()
                        + " when asked for " + what);
            }
            if (response.body().source().request(MAX_ANSWER_BYTES + 1)) {
                throw new AuthenticationException("The ECS metadata service at " + url + " answered with more than "
                        + MAX_ANSWER_BYTES + " bytes when asked for " + what);
            }
            return response.body().source().readString(UTF_8);
        } catch (IOException e) {
            throw new AuthenticationException(
                    "The ECS metadata service at " + url + " could not be asked for " + what + " ("
                            + e.getClass().getSimpleName() + "): is this an ECS instance? Check '"
                            + DlfOptions.ECS_METADATA_URL + "'",
                    e);
        }
    }

    @Override
    public String description() {
        return "ECS metadata service at " + metadataUrl;
    }
}
