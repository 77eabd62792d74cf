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
package dev.trestle.trino;

import static java.util.Objects.requireNonNull;

import dev.trestle.trino.history.Branches;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.SchemaTableName;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.catalog.CatalogUtils;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.system.SystemTableLoader;

/**
 * Finds what a statement reads: a table, a branch of it ({@code "t$branch_b"}), a system table of either
 * ({@code "t$snapshots"}), or a table of the schema {@code sys}, which tells of all others.
 */
final class TableReferences {

    private final Tables tables;
    private final Branches branches;

    TableReferences(Tables tables, Branches branches) {
        this.tables = requireNonNull(tables, "tables is null");
        this.branches = requireNonNull(branches, "branches is null");
    }

    /** Empty if there is no such table. */
    Optional<TrestleTableHandle> find(ConnectorSession session, SchemaTableName name) {
        if (CatalogUtils.isSystemDatabase(name.getSchemaName())) {
            return SystemTableLoader.GLOBAL_SYSTEM_TABLES.contains(name.getTableName())
                    ? Optional.of(new TrestleTableHandle(
                            name, name.getSchemaName(), name.getTableName(), Optional.empty(), Map.of()))
                    : Optional.empty();
        }
        return name.getTableName().indexOf('$') < 0 ? tables.find(session, name) : findPart(session, name);
    }

    private Optional<TrestleTableHandle> findPart(ConnectorSession session, SchemaTableName name) {
        Identifier part = new Identifier(name.getSchemaName(), name.getTableName());
        if (!isPart(part)) {
            return Optional.empty();
        }
        return tables.find(session, name)
                .or(() -> tables.find(session, new SchemaTableName(name.getSchemaName(), part.getTableName()))
                        .flatMap(table -> part.getBranchName() == null
                                ? Optional.of(table)
                                : branches.findFolded(session, table, part.getBranchName()))
                        .map(table -> systemTable(name, table, Optional.ofNullable(part.getSystemTableName()))));
    }

    private static boolean isPart(Identifier identifier) {
        try {
            return !identifier.isSystemTable()
                    || SystemTableLoader.SYSTEM_TABLES.contains(
                            identifier.getSystemTableName().toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            // More parts than a name can have.
            return false;
        }
    }

    private static TrestleTableHandle systemTable(
            SchemaTableName name, TrestleTableHandle table, Optional<String> systemTable) {
        Identifier of = table.identifier();
        Identifier object =
                new Identifier(of.getDatabaseName(), of.getTableName(), of.getBranchName(), systemTable.orElse(null));
        return new TrestleTableHandle(
                name, object.getDatabaseName(), object.getObjectName(), table.description(), table.options());
    }
}
