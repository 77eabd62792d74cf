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
package dev.trestle.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.junit.jupiter.api.Test;

class SessionTableOptionsTest {

    private static Map<String, String> of(Map<String, String> configuration) {
        return SessionTableOptions.of(configuration, ObjectIdentifier.of("c", "d.x", "t$snapshots"));
    }

    @Test
    void anOptionOfPaimonIsForEveryTable() {
        assertThat(of(Map.of("scan.parallelism", "4"))).containsExactly(Map.entry("scan.parallelism", "4"));
    }

    @Test
    void otherConfigurationOfFlinkIsNoTableOption() {
        assertThat(of(Map.of("execution.runtime-mode", "BATCH", "s3.secret-key", "x", "path", "/elsewhere")))
                .isEmpty();
    }

    @Test
    void anOptionForThisTableWins() {
        assertThat(of(Map.of(
                        "scan.parallelism", "4",
                        "paimon.c.d.x.t.scan.parallelism", "8",
                        "paimon.c.dyx.t.scan.snapshot-id", "1",
                        "paimon.*.*.t.scan.mode", "latest",
                        "paimon.c.d.x.other.scan.mode", "full")))
                .isEqualTo(Map.of("scan.parallelism", "8", "scan.mode", "latest"));
    }
}
