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
package dev.trestle.catalog.http;

import dev.trestle.catalog.http.HttpCall.Method;
import dev.trestle.catalog.http.HttpCall.Repeat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls for tests. */
final class HttpCalls {

    private HttpCalls() {}

    static HttpCall read() {
        return get("v1", "databases", "db");
    }

    static HttpCall get(String... segments) {
        return new HttpCall(
                "getDatabase", "'db'", Method.GET, List.of(segments), Map.of(), Optional.empty(), Repeat.READ);
    }

    static HttpCall change() {
        return post(Repeat.CHANGE, "{\"name\":\"db\"}");
    }

    static HttpCall of(Repeat repeat) {
        return repeat == Repeat.READ ? read() : post(repeat, "{}");
    }

    static HttpCall post(Repeat repeat, String body) {
        return new HttpCall(
                "createDatabase",
                "'db'",
                Method.POST,
                List.of("v1", "databases"),
                Map.of(),
                Optional.of(body.getBytes(StandardCharsets.UTF_8)),
                repeat);
    }
}
