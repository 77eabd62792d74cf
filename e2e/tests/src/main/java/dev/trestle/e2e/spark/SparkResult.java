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
package dev.trestle.e2e.spark;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What came of a statement.
 *
 * @param rows their cells: numbers, booleans, nulls, and all else as the text that Spark has for it
 */
public record SparkResult(List<String> columns, List<List<Object>> rows) {

    /** Each row as one text, its cells divided by {@code |}. */
    public List<String> lines() {
        return rows.stream()
                .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining("|")))
                .toList();
    }
}
