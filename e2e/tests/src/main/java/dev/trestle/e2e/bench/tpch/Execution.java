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
package dev.trestle.e2e.bench.tpch;

import java.util.List;

/**
 * A statement that ran.
 *
 * @param nanos from its submission until its last row is here
 * @param cpuMillis of the engine's processors, which other work on the machine disturbs less
 * @param planningMillis analysis and planning, as the engine counts them
 * @param calls that the catalog server got
 * @param rows as text, sorted: rows that a query leaves unordered come in any order
 */
public record Execution(long nanos, long cpuMillis, long planningMillis, long calls, List<String> rows) {

    public Execution {
        rows = rows.stream().sorted().toList();
    }

    /** The same with other rows, those by which what it did is compared. */
    public Execution answering(List<String> others) {
        return new Execution(nanos, cpuMillis, planningMillis, calls, others);
    }
}
