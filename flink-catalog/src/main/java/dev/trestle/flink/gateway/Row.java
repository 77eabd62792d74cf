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
import java.util.Collections;
import java.util.List;

/**
 * A row of a result.
 *
 * @param values one per column, null for SQL's NULL; {@link ColumnType} says which Java class a type arrives as. Not to be
 *     changed
 */
public record Row(RowKind kind, List<Object> values) {

    public Row {
        requireNonNull(kind, "kind is null");
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }
}
