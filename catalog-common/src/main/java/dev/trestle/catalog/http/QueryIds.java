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

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.slf4j.MDC;

/**
 * Finds the engine's query that a call serves: {@link CallContext#withQueryId}, or else where the engine keeps it for its own
 * logs.
 *
 * @param mdcKey the key in SLF4J's MDC under which the engine keeps the query's id in threads that work for it
 */
public record QueryIds(Optional<String> mdcKey) {

    /** An engine that keeps no id in the MDC. */
    public static final QueryIds OF_CONTEXT = new QueryIds(Optional.empty());

    public QueryIds {
        requireNonNull(mdcKey, "mdcKey is null");
    }

    /** The id for the calls of this thread, such that a header can carry it. */
    Optional<String> current() {
        return CallContext.queryId()
                .or(() -> mdcKey.map(MDC::get).filter(id -> !id.isBlank()).map(CallContext::sendable));
    }
}
