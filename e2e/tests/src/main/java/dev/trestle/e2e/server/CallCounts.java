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
package dev.trestle.e2e.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * REST calls that a catalog server has answered.
 *
 * @param byOperation such as {@code getTable}, in alphabetical order; operations without a call are absent
 */
public record CallCounts(Map<String, Long> byOperation) {

    private static final JsonMapper JSON = new JsonMapper();

    public CallCounts {
        byOperation = Collections.unmodifiableSortedMap(new TreeMap<>(byOperation));
    }

    static CallCounts parse(String text) throws JsonProcessingException {
        JsonNode json = JSON.readTree(text);
        Map<String, Long> counts = new TreeMap<>();
        json.properties()
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue().longValue()));
        return new CallCounts(counts);
    }

    /** The calls of all operations. */
    public long total() {
        return byOperation.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The calls after an earlier count. */
    public CallCounts since(CallCounts earlier) {
        Map<String, Long> difference = new TreeMap<>();
        byOperation.forEach((operation, count) -> {
            long calls = count - earlier.byOperation().getOrDefault(operation, 0L);
            if (calls != 0) {
                difference.put(operation, calls);
            }
        });
        return new CallCounts(difference);
    }
}
