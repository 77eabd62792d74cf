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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CallCountsTest {

    @Test
    void tellsTheCallsBetweenTwoCounts() throws Exception {
        CallCounts before = CallCounts.parse("{\"getTable\": 2, \"getConfig\": 1}");
        CallCounts after = CallCounts.parse("{\"commitTable\": 1, \"getTable\": 5, \"getConfig\": 1}");

        CallCounts between = after.since(before);

        assertThat(between.byOperation()).isEqualTo(Map.of("commitTable", 1L, "getTable", 3L));
        assertThat(between.total()).isEqualTo(4);
    }
}
