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
import dev.trestle.trino.history.TableVersions;
import dev.trestle.trino.statistics.TableAnalysis;
import dev.trestle.trino.statistics.TableEstimates;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableVersion;
import io.trino.spi.connector.SchemaTableName;
import java.util.Optional;
import org.apache.paimon.catalog.CatalogUtils;

/** What a transaction knows of tables beside their latest rows: other versions, branches, system tables, statistics. */
record History(
        TableReferences references,
        TableVersions versions,
        Branches branches,
        TableEstimates estimates,
        TableAnalysis analysis) {

    History {
        requireNonNull(references, "references is null");
        requireNonNull(versions, "versions is null");
        requireNonNull(branches, "branches is null");
        requireNonNull(estimates, "estimates is null");
        requireNonNull(analysis, "analysis is null");
    }

    static History of(SessionCatalogs catalogs, Tables tables, PlannedTables planned) {
        OpenedTables opened = new OpenedTables(catalogs);
        Branches branches = new Branches(catalogs);
        return new History(
                new TableReferences(tables, branches),
                new TableVersions(catalogs, opened),
                branches,
                new TableEstimates(catalogs, planned),
                new TableAnalysis(opened, planned));
    }

    /** The table that a statement names, in the version that it names; empty if there is no such table. */
    Optional<TrestleTableHandle> find(
            ConnectorSession session,
            SchemaTableName name,
            Optional<ConnectorTableVersion> start,
            Optional<ConnectorTableVersion> end) {
        return references.find(session, name).map(table -> versions.at(session, table, start, end));
    }

    /** Whether a schema is the one whose tables tell of all others. */
    boolean isOfTheCatalog(String schema) {
        return CatalogUtils.isSystemDatabase(schema);
    }
}
