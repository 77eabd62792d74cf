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
package dev.trestle.catalog.auth.oauth2;

import dev.trestle.catalog.auth.TokenEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers what the test says, and keeps what it was sent. */
final class FakeTokenEndpoint implements TokenEndpoint {

    /** What came. */
    record Request(Map<String, String> form, Optional<String> authorization) {}

    final List<Request> requests = new ArrayList<>();
    Supplier<Answer> next = () -> json(200, "{}");
    boolean closed;

    static Answer json(int status, String body) {
        return new Answer(status, Optional.of("application/json"), body, "r-1");
    }

    @Override
    public Answer post(Map<String, String> form, Optional<String> authorization) {
        requests.add(new Request(Map.copyOf(form), authorization));
        return next.get();
    }

    @Override
    public void close() {
        closed = true;
    }
}
