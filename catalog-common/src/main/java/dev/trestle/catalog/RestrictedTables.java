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
package dev.trestle.catalog;

import dev.trestle.catalog.queryauth.AuthorizedTable;
import dev.trestle.catalog.queryauth.QueryAuth;
import dev.trestle.catalog.queryauth.QueryAuthException;
import dev.trestle.catalog.queryauth.ReadPermission;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.system.AggregationFieldsTable;
import org.apache.paimon.table.system.BranchesTable;
import org.apache.paimon.table.system.ConsumersTable;
import org.apache.paimon.table.system.OptionsTable;
import org.apache.paimon.table.system.SchemasTable;
import org.apache.paimon.table.system.SnapshotsTable;
import org.apache.paimon.table.system.TagsTable;
import org.apache.paimon.types.RowType;

/** Opens tables of which the service may restrict what is read. */
record RestrictedTables(Catalog catalog) {

    /** System tables that tell nothing of the rows but how many there are; all others need the right to read all. */
    private static final Set<String> HARMLESS = Set.of(
            SnapshotsTable.SNAPSHOTS,
            SchemasTable.SCHEMAS,
            OptionsTable.OPTIONS,
            TagsTable.TAGS,
            BranchesTable.BRANCHES,
            ConsumersTable.CONSUMERS,
            AggregationFieldsTable.AGGREGATION_FIELDS);

    /**
     * @param opened the table or system table as Paimon has it
     * @param columns the columns of the data table as they are now
     */
    Table open(Identifier identifier, Identifier dataTable, Table opened, RowType columns) {
        QueryAuth auth = new QueryAuth(catalog.catalogLoader(), dataTable, columns);
        if (identifier.isSystemTable()) {
            requireAllowed(identifier, auth);
            return opened;
        }
        if (opened instanceof FileStoreTable table) {
            return AuthorizedTable.of(table, auth);
        }
        throw new QueryAuthException(
                "Table '" + identifier.getFullName() + "' cannot be opened: 'query-auth.enabled' is"
                        + " set, and what is read of a table of this type cannot be restricted. Unset the option.");
    }

    private static void requireAllowed(Identifier identifier, QueryAuth auth) {
        String name = identifier.getSystemTableName().toLowerCase(Locale.ROOT);
        if (!HARMLESS.contains(name) && auth.permission(Optional.empty()) instanceof ReadPermission.Restricted) {
            throw new QueryAuthException("System table '" + identifier.getFullName()
                    + "' cannot be read: it shows rows, or values of columns, that the service hides or masks for you."
                    + " Read the table itself.");
        }
    }
}
