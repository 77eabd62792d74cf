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

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The whole result of a statement that has succeeded. */
public record StatementResult(List<Column> columns, List<Row> rows, Optional<String> jobId) {

    public StatementResult {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        requireNonNull(jobId, "jobId is null");
    }

    /** Puts pages together. */
    static final class Collector {
        private List<Column> columns = List.of();
        private final List<Row> rows = new ArrayList<>();
        private Optional<String> jobId = Optional.empty();

        void add(ResultPage page) {
            if (!page.columns().isEmpty()) {
                columns = page.columns();
            }
            rows.addAll(page.rows());
            jobId = page.jobId().or(() -> jobId);
        }

        StatementResult result() {
            return new StatementResult(columns, rows, jobId);
        }
    }
}
