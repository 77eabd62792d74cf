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
package dev.trestle.spark;

import dev.trestle.spark.view.Views;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.paimon.catalog.Catalog;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.Relation;
import org.apache.spark.sql.connector.catalog.RelationCatalog;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableInfo;
import org.apache.spark.sql.connector.catalog.TableSummary;
import org.apache.spark.sql.connector.catalog.View;

/** The catalog for Spark 4.2, which has views too: {@code spark.sql.catalog.lake=dev.trestle.spark.TrestleCatalog}. */
public final class TrestleCatalog extends ProcedureBaseCatalog implements RelationCatalog {

    /** Called by Spark, by reflection. */
    public TrestleCatalog() {}

    private Views views() {
        return new Views(name(), core());
    }

    private static org.apache.paimon.catalog.Identifier viewName(Identifier name) throws Exception {
        return org.apache.paimon.catalog.Identifier.create(Names.database(name.namespace()), name.name());
    }

    /** A table, or else a view: the names of system tables and branches are no view's. */
    @Override
    public Relation loadRelation(Identifier name) {
        return errors().call("load " + Names.text(name), () -> {
            try {
                return tables().load(name);
            } catch (Catalog.TableNotExistException e) {
                org.apache.paimon.catalog.Identifier identifier = Names.table(name);
                return identifier.isSystemTable() || identifier.getBranchName() != null
                        ? missing(name)
                        : views().find(identifier).orElseThrow(() -> e);
            }
        });
    }

    private static Relation missing(Identifier name) throws NoSuchTableException {
        throw new NoSuchTableException(name);
    }

    /** Does not look for a view of the name: the service refuses a table that has the name of one. */
    @Override
    public boolean tableExists(Identifier name) {
        return errors().call("look for table " + Names.text(name), () -> {
            try {
                tables().load(name);
                return true;
            } catch (Catalog.TableNotExistException | NoSuchTableException e) {
                return false;
            }
        });
    }

    /** Loads no table, as Spark's own way would do for each. */
    @Override
    public TableSummary[] listTableSummaries(String[] namespace) {
        return Arrays.stream(listTables(namespace))
                .map(name -> TableSummary.of(name, TableSummary.FOREIGN_TABLE_TYPE))
                .toArray(TableSummary[]::new);
    }

    @Override
    public TableSummary[] listRelationSummaries(String[] namespace) {
        return Stream.concat(
                        Arrays.stream(listTableSummaries(namespace)),
                        Arrays.stream(listViews(namespace))
                                .map(name -> TableSummary.of(name, TableSummary.VIEW_TABLE_TYPE)))
                .toArray(TableSummary[]::new);
    }

    /** With the columns, keys and options of the other table; of one of another catalog with its columns. */
    @Override
    @SuppressWarnings("deprecation") // As in all releases.
    public Table createTableLike(Identifier name, TableInfo info, Table source) {
        TableLike like = TableLike.of(info, source);
        return createTable(name, like.columns(), like.partitions(), like.properties());
    }

    @Override
    public Identifier[] listViews(String[] namespace) {
        return errors().call(
                        "list views of " + String.join(".", namespace),
                        () -> views().list(Names.database(namespace)).stream()
                                .map(name -> Identifier.of(namespace, name))
                                .toArray(Identifier[]::new));
    }

    @Override
    public View loadView(Identifier name) {
        return errors().call("load view " + Names.text(name), () -> views().load(viewName(name)));
    }

    @Override
    public View createView(Identifier name, View view) {
        return errors().call("create view " + Names.text(name), () -> views().create(viewName(name), view));
    }

    @Override
    public View replaceView(Identifier name, View view) {
        return errors().call("replace view " + Names.text(name), () -> views().replace(viewName(name), view));
    }

    @Override
    public boolean dropView(Identifier name) {
        return errors().call("drop view " + Names.text(name), () -> views().drop(viewName(name)));
    }

    @Override
    public void renameView(Identifier from, Identifier to) {
        errors().run("rename view " + Names.text(from), () -> views().rename(
                        viewName(from), viewName(Names.withoutCatalog(name(), to))));
    }
}
