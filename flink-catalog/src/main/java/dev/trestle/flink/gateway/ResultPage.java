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
package dev.trestle.flink.gateway;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Rows of a result as one answer of the gateway brought them.
 *
 * @param columns the columns of each row; empty where the gateway sent none
 * @param jobId the Flink job that computes the result, where there is one and the gateway names it
 */
public record ResultPage(List<Column> columns, List<Row> rows, Optional<String> jobId, ResultKind kind) {

    public ResultPage {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        requireNonNull(jobId, "jobId is null");
        requireNonNull(kind, "kind is null");
    }
}
