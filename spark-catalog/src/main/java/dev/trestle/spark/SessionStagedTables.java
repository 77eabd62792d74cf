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

import dev.trestle.spark.StagedTables.Definition;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.StagedTable;
import org.apache.spark.sql.connector.catalog.SupportsWrite;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.types.StructType;

/**
 * Tables that a statement makes and fills, in the place of Spark's own catalog. One of the service is made as the service's
 * catalog makes it. One of another provider is Spark's, as always: there at once, and dropped if the query fails; the table
 * of Spark's whose place it takes is dropped before. A table that takes the place of one in the other catalog leaves that one
 * alone until it is filled.
 */
final class SessionStagedTables {

    private static final Runnable NOTHING = () -> {};

    private final BaseCatalog lake;
    private final SparksTables sparks;

    SessionStagedTables(BaseCatalog lake, SparksTables sparks) {
        this.lake = lake;
        this.sparks = sparks;
    }

    /** The tables of Spark's own catalog. */
    interface SparksTables {

        boolean has(Identifier name);

        Table create(Identifier name, Definition definition);

        void drop(Identifier name);
    }

    StagedTable create(Identifier name, Definition definition) {
        return isOurs(definition) ? ours(name, definition) : sparks(name, definition, NOTHING);
    }

    /** @throws NoSuchTableException if there is none to replace */
    StagedTable replace(Identifier name, Definition definition) throws NoSuchTableException {
        boolean isOurs = OursOrSparks.first(() -> lake.loadTable(name) != null, () -> false);
        if (!isOurs && !sparks.has(name)) {
            throw new NoSuchTableException(name);
        }
        if (isOurs(definition)) {
            return isOurs
                    ? oursAnew(name, definition)
                    : new Staged(ours(name, definition), () -> sparks.drop(name), NOTHING);
        }
        if (isOurs) {
            return sparks(name, definition, () -> lake.dropTable(name));
        }
        sparks.drop(name);
        return sparks(name, definition, NOTHING);
    }

    StagedTable createOrReplace(Identifier name, Definition definition) {
        return OursOrSparks.first(() -> replace(name, definition), () -> create(name, definition));
    }

    private static boolean isOurs(Definition definition) {
        return TableSchemas.areOurs(definition.properties());
    }

    @SuppressWarnings("deprecation") // What takes its place is missing before 4.1.
    private StagedTable ours(Identifier name, Definition definition) {
        return lake.stageCreate(name, definition.columns(), definition.partitioning(), definition.properties());
    }

    @SuppressWarnings("deprecation") // As above.
    private StagedTable oursAnew(Identifier name, Definition definition) {
        return lake.stageReplace(name, definition.columns(), definition.partitioning(), definition.properties());
    }

    private StagedTable sparks(Identifier name, Definition definition, Runnable atCommit) {
        return new Staged(sparks.create(name, definition), atCommit, () -> sparks.drop(name));
    }

    /** A table that is there already. */
    private record Staged(Table table, Runnable atCommit, Runnable atAbort) implements StagedTable, SupportsWrite {

        @Override
        public String name() {
            return table.name();
        }

        @Override
        @Deprecated
        public StructType schema() {
            return SparkColumns.schema(columns());
        }

        @Override
        public Column[] columns() {
            return table.columns();
        }

        @Override
        public Transform[] partitioning() {
            return table.partitioning();
        }

        @Override
        public Map<String, String> properties() {
            return table.properties();
        }

        @Override
        public Set<TableCapability> capabilities() {
            return table.capabilities();
        }

        @Override
        public WriteBuilder newWriteBuilder(LogicalWriteInfo info) {
            if (table instanceof SupportsWrite written) {
                return written.newWriteBuilder(info);
            }
            throw new UnsupportedOperationException(
                    "Table " + name() + " cannot be made and filled by one statement. CREATE it, then INSERT.");
        }

        @Override
        public void commitStagedChanges() {
            if (table instanceof StagedTable staged) {
                staged.commitStagedChanges();
            }
            atCommit.run();
        }

        @Override
        public void abortStagedChanges() {
            if (table instanceof StagedTable staged) {
                staged.abortStagedChanges();
            }
            atAbort.run();
        }
    }
}
