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

import dev.trestle.catalog.queryauth.AuthorizedTable;
import dev.trestle.catalog.queryauth.QueryAuthException;
import dev.trestle.flink.metrics.MeteredTableSink;
import java.util.HashMap;
import java.util.List;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.RowLevelModificationScanContext;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.types.RowKind;

/**
 * Writes a table of which the service may restrict what is read. Rows may be added and overwritten as ever; rows that
 * are changed are read first, so that is for those who may read all of the table.
 */
final class AuthorizedTableSink extends MeteredTableSink {

    private final AuthorizedTable authorized;
    private final ObjectIdentifier identifier;
    private final DynamicTableFactory.Context factoryContext;

    AuthorizedTableSink(ObjectIdentifier identifier, AuthorizedTable authorized, DynamicTableFactory.Context context) {
        super(identifier, authorized.forWriting(), context);
        this.authorized = authorized;
        this.identifier = identifier;
        this.factoryContext = context;
    }

    @Override
    public DynamicTableSink copy() {
        AuthorizedTableSink copied = new AuthorizedTableSink(identifier, authorized, factoryContext);
        copied.staticPartitions = new HashMap<>(staticPartitions);
        copied.overwrite = overwrite;
        copied.deletePredicate = deletePredicate;
        copied.changesRows = changesRows;
        return copied;
    }

    /**
     * A stream of changes is written by the key, which the planner does not know where a column of it is masked: it would not
     * put the changes of a row in order.
     */
    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
        boolean knowsKey = factoryContext
                .getCatalogTable()
                .getResolvedSchema()
                .getPrimaryKey()
                .isPresent();
        if (!authorized.primaryKeys().isEmpty() && !knowsKey && !requestedMode.containsOnly(RowKind.INSERT)) {
            throw new QueryAuthException("Table " + identifier.asSummaryString() + " has the primary key "
                    + authorized.primaryKeys() + ", of which the service masks columns, so that a stream of changes"
                    + " cannot be written by it. Run it as a user who may read the key, or insert rows alone.");
        }
        return super.getChangelogMode(requestedMode);
    }

    @Override
    public RowLevelUpdateInfo applyRowLevelUpdate(List<Column> columns, RowLevelModificationScanContext context) {
        authorized.requireEverythingReadable("UPDATE");
        return super.applyRowLevelUpdate(columns, context);
    }

    @Override
    public RowLevelDeleteInfo applyRowLevelDelete(RowLevelModificationScanContext context) {
        authorized.requireEverythingReadable("DELETE");
        return super.applyRowLevelDelete(context);
    }

    @Override
    public boolean applyDeleteFilters(List<ResolvedExpression> filters) {
        authorized.requireEverythingReadable("DELETE");
        return super.applyDeleteFilters(filters);
    }
}
