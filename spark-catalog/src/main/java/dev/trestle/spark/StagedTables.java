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

import dev.trestle.catalog.table.Locations;
import java.util.Map;
import java.util.UUID;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.TableType;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.table.FileStoreTable;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.StagedTable;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.expressions.Transform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tables that a statement makes and fills: CREATE TABLE AS and REPLACE TABLE AS. A new table is there from the beginning,
 * empty until its rows are committed, and gone again if the query fails. A table that takes the place of another one is
 * filled under a name of its own, and gets the other's name when its rows are committed.
 */
final class StagedTables {

    private static final Logger LOG = LoggerFactory.getLogger(StagedTables.class);

    private final Tables tables;

    StagedTables(Tables tables) {
        this.tables = tables;
    }

    /** What a table is made of. */
    record Definition(Column[] columns, Transform[] partitioning, Map<String, String> properties) {}

    StagedTable create(Identifier name, Definition definition) throws Exception {
        return new New(Names.text(name), make(name, definition), name);
    }

    /** @throws Catalog.TableNotExistException if there is none to replace */
    StagedTable replace(Identifier name, Definition definition) throws Exception {
        refuseTheSamePlace(Names.text(name), tables.load(name), definition);
        String suffix = UUID.randomUUID().toString().substring(0, 8);
        Identifier filled = Identifier.of(name.namespace(), name.name() + "__replacement_" + suffix);
        return new Replacement(Names.text(name), make(filled, definition), name, filled);
    }

    /** Both are there until the new one is filled, and one of them would read the files of the other. */
    private static void refuseTheSamePlace(String name, Table replaced, Definition definition) {
        Map<String, String> properties = definition.properties();
        String place = properties.getOrDefault(TableCatalog.PROP_LOCATION, properties.get(CoreOptions.PATH.key()));
        String taken = replaced.properties().get(TableCatalog.PROP_LOCATION);
        if (place != null && taken != null && Locations.overlap(place, taken)) {
            throw new UnsupportedOperationException(
                    "Table " + name
                            + " cannot be replaced by one at LOCATION "
                            + place
                            + ", which is its own or overlaps it: the new one is filled while the old one is there. Give"
                            + " another LOCATION or none; or keep the table: ALTER TABLE changes its columns and INSERT OVERWRITE its rows.");
        }
    }

    StagedTable createOrReplace(Identifier name, Definition definition) throws Exception {
        try {
            return replace(name, definition);
        } catch (Catalog.TableNotExistException e) {
            return create(name, definition);
        }
    }

    private FileStoreTable make(Identifier name, Definition definition) throws Exception {
        if (TableType.FORMAT_TABLE.toString().equals(definition.properties().get(CoreOptions.TYPE.key()))) {
            throw new UnsupportedOperationException("Table " + Names.text(name) + " is to be a format table, which has"
                    + " no snapshots: it cannot be made and filled by one statement. CREATE it, then INSERT.");
        }
        tables.create(name, definition.columns(), definition.partitioning(), definition.properties());
        return tables.stored(name);
    }

    private void drop(Identifier name) {
        try {
            tables.drop(name);
        } catch (Exception e) {
            LOG.warn("Could not drop table {}, which a failed statement has made", Names.text(name), e);
        }
    }

    /** A table with a name that no other had. */
    private final class New extends StoredTable implements StagedTable {

        private final Identifier identifier;

        New(String name, FileStoreTable table, Identifier identifier) {
            super(tables.catalogName(), name, table);
            this.identifier = identifier;
        }

        @Override
        public void commitStagedChanges() {}

        /** Drops the table, unless its rows may have been committed. */
        @Override
        public void abortStagedChanges() {
            if (progress().hasCommitBegun()) {
                LOG.warn("The commit to the new table {} failed and may have been applied: the table is kept", name());
            } else {
                drop(identifier);
            }
        }
    }

    /** A table that takes the place of another one. */
    private final class Replacement extends StoredTable implements StagedTable {

        private final Identifier replaced;
        private final Identifier filled;

        private boolean renamingBegan;

        Replacement(String name, FileStoreTable table, Identifier replaced, Identifier filled) {
            super(tables.catalogName(), name, table);
            this.replaced = replaced;
            this.filled = filled;
        }

        /** @throws CatalogException if the new table could not get its name; it says which name it has */
        @Override
        public void commitStagedChanges() {
            renamingBegan = true;
            try {
                tables.drop(replaced);
                tables.rename(filled, replaced);
            } catch (Exception e) {
                throw new CatalogException(
                        "Table " + name() + " is not replaced. What was to take its place is table "
                                + Names.text(filled) + ": look whether " + name()
                                + " is still there, and drop and rename by hand. " + e.getMessage(),
                        e);
            }
        }

        /**
         * Drops the table that was filled, unless its rows may have been committed, or it may be the only one of the two that
         * is left: Spark aborts a commit that failed, too.
         */
        @Override
        public void abortStagedChanges() {
            if (renamingBegan) {
                return;
            }
            if (progress().hasCommitBegun()) {
                LOG.warn(
                        "Table {} is as it was. The table that was to take its place is kept, since the commit to it"
                                + " failed and may have been applied: {}",
                        name(),
                        Names.text(filled));
            } else {
                drop(filled);
            }
        }
    }
}
