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

import java.util.Map;
import java.util.Optional;

/**
 * What a refresh of a materialized table is to do.
 *
 * @param table {@code catalog.database.table}, or less where the session's current ones are meant; each part quoted with
 *     backticks where SQL would need it
 * @param scheduleTime of a refresh that a scheduler has planned, such as {@code 2026-02-28 10:00:00}: the partitions of that
 *     time are refreshed, as {@code partition.fields.….date-formatter} of the table says; empty: a refresh on demand
 * @param partitions on demand: which to refresh; none: the whole table
 * @param dynamicOptions options of the table for this refresh alone
 * @param executionConfig Flink's configuration for this refresh alone
 */
public record TableRefresh(
        String table,
        Optional<String> scheduleTime,
        Map<String, String> partitions,
        Map<String, String> dynamicOptions,
        Map<String, String> executionConfig) {

    public TableRefresh {
        requireNonNull(table, "table is null");
        requireNonNull(scheduleTime, "scheduleTime is null");
        partitions = Map.copyOf(partitions);
        dynamicOptions = Map.copyOf(dynamicOptions);
        executionConfig = Map.copyOf(executionConfig);
    }

    /** A refresh of the whole table now. */
    public static TableRefresh of(String table) {
        return new TableRefresh(table, Optional.empty(), Map.of(), Map.of(), Map.of());
    }

    /** A refresh of one partition now. */
    public static TableRefresh of(String table, Map<String, String> partitions) {
        return new TableRefresh(table, Optional.empty(), partitions, Map.of(), Map.of());
    }
}
