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
package dev.trestle.catalog.auth;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One attempt of a request, exactly as it will be sent.
 *
 * @param method in upper case
 * @param host the value of the Host header: host, and port where it is not the scheme's default
 * @param encodedPath percent-encoded, beginning with a slash
 * @param encodedQuery percent-encoded, without the question mark; empty where the URL has none
 * @param contentType the Content-Type header; empty where there is no body
 * @param body the bytes that are sent; empty where there is no body. Not copied: to be read only
 */
public record RequestToSign(
        String method,
        String host,
        String encodedPath,
        Optional<String> encodedQuery,
        Optional<String> contentType,
        Optional<byte[]> body) {

    public RequestToSign {
        requireNonNull(method, "method is null");
        requireNonNull(host, "host is null");
        requireNonNull(encodedPath, "encodedPath is null");
        requireNonNull(encodedQuery, "encodedQuery is null");
        requireNonNull(contentType, "contentType is null");
        requireNonNull(body, "body is null");
    }
}
