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

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogBaseTable;

/**
 * Names of columns of the tables and views that were used lately. The planner asks for a function of each column name
 * in a statement, and what is known to be a column is hardly ever a function too.
 *
 * <p>Safe for use by several threads.
 */
final class ColumnNames {

    private static final int MAX_NAMES = 10_000;

    private final Cache<String, Boolean> names =
            Caffeine.newBuilder().maximumSize(MAX_NAMES).executor(Runnable::run).build();

    /** Remembers the columns of a table or view. */
    <T extends CatalogBaseTable> T remember(T table) {
        for (Schema.UnresolvedColumn column : table.getUnresolvedSchema().getColumns()) {
            names.put(column.getName(), true);
        }
        return table;
    }

    boolean contains(String name) {
        return names.getIfPresent(name) != null;
    }
}
