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
package dev.trestle.trino.write;

import dev.trestle.catalog.RestCatalog;
import dev.trestle.trino.TrestleTableHandle;
import io.trino.spi.TrinoException;
import org.apache.paimon.table.BucketMode;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;

/** Which tables are written. */
final class WrittenTables {

    private WrittenTables() {}

    /**
     * The table of a statement.
     *
     * @throws TrinoException if it is a system table
     * @throws UnsupportedOperationException as {@link #require(Table)}
     */
    static FileStoreTable require(TrestleTableHandle handle, Table table) {
        handle.requireNotSystemTable("written");
        return require(table);
    }

    /** @throws UnsupportedOperationException saying why the table is not written, and what to do */
    static FileStoreTable require(Table table) {
        if (!(table instanceof FileStoreTable files)) {
            throw new UnsupportedOperationException(
                    "Table " + table.fullName() + " cannot be written by Trino: it is a "
                            + table.getClass().getSimpleName() + ", whose files Paimon does not manage");
        }
        RestCatalog.requireWritable(files);
        BucketMode mode = files.bucketMode();
        return switch (mode) {
            case HASH_FIXED, HASH_DYNAMIC, BUCKET_UNAWARE -> files;
            case KEY_DYNAMIC ->
                throw new UnsupportedOperationException("Table " + table.fullName()
                        + " cannot be written by Trino: its primary key " + files.primaryKeys()
                        + " leaves out partition keys " + files.partitionKeys()
                        + ", and rows that move between partitions need an index that only Flink keeps. Write it with "
                        + "Flink, or make a table whose primary key has its partition keys");
            case POSTPONE_MODE ->
                throw new UnsupportedOperationException("Table " + table.fullName()
                        + " cannot be written by Trino: its buckets are postponed (bucket = -2), so its rows would not"
                        + " be seen until Flink or Spark has compacted it. Write it there, or make a table with a"
                        + " number of buckets, or with dynamic ones (bucket = -1)");
        };
    }
}
