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
package dev.trestle.flink.read;

import dev.trestle.catalog.table.FilePredicates;
import java.util.List;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.paimon.flink.source.SystemTableSource;
import org.apache.paimon.table.Table;

/** Paimon's source of a system table, some of which show rows of the files of a table. */
public final class SystemRowsSource extends SystemTableSource {

    private final ObjectIdentifier identifier;

    /** A source for all of a table, before Flink's planner has pushed anything into it. */
    public SystemRowsSource(ObjectIdentifier identifier, Table table, boolean unbounded) {
        super(table, unbounded, identifier);
        this.identifier = identifier;
    }

    @Override
    public SystemTableSource copy() {
        SystemRowsSource copy = new SystemRowsSource(identifier, table, isUnbounded());
        copy.predicate = predicate;
        copy.projectFields = projectFields;
        copy.limit = limit;
        return copy;
    }

    @Override
    public Result applyFilters(List<ResolvedExpression> filters) {
        if (!FilePredicates.areTakenBy(table)) {
            return Result.of(List.of(), filters);
        }
        Result result = ExactFilters.apply(filters, super::applyFilters);
        predicate = ExactFilters.forFiles(predicate, table);
        return result;
    }
}
