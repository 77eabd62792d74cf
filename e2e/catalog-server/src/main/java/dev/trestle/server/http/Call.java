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
package dev.trestle.server.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request as it arrived.
 *
 * @param path still encoded
 * @param query still encoded, empty if there is none
 * @param headers by name, in any case; the first of several values
 * @param body empty if there is none
 */
public record Call(String method, String path, String query, Map<String, String> headers, byte[] body) {

    public Call {
        Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        headers = anyCase;
    }

    /** A header's value. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /**
     * The body as text.
     *
     * @throws HttpException 400 if it is not UTF-8
     */
    public String text() {
        return TextBody.decode(body);
    }

    /** The query's parameters, decoded; the first of several values. */
    public Map<String, String> parameters() {
        return UrlDecoding.parameters(query);
    }

    /**
     * The parameters of a form in the body, decoded; the first of several values.
     *
     * @throws HttpException 400 if it is none
     */
    public Map<String, String> form() {
        return UrlDecoding.parameters(text());
    }

    /** The path's segments, decoded. */
    List<String> segments() {
        return UrlDecoding.segments(path);
    }
}
