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
package dev.trestle.trino.read;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.UncheckedExecutionException;
import java.util.concurrent.ExecutionException;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.table.FileStoreTable;

/** The schemas that tables had when their files were written. Safe for use by many threads. */
final class FileSchemas {

    private static final int MOST = 10_000;

    private final Cache<Key, TableSchema> schemas =
            CacheBuilder.newBuilder().maximumSize(MOST).build();

    /** A schema never changes; a table that is made again has another identity. */
    private record Key(String table, String location, String branch, long schema) {}

    /** May read a file of the table's, unless it is the present schema that is asked for. */
    TableSchema get(FileStoreTable table, long schemaId) {
        if (table.schema().id() == schemaId) {
            return table.schema();
        }
        Key key = new Key(
                table.uuid(), table.location().toString(), table.coreOptions().branch(), schemaId);
        try {
            return schemas.get(key, () -> table.schemaManager().schema(schemaId));
        } catch (ExecutionException | UncheckedExecutionException e) {
            throw ReadErrors.translate(new IllegalStateException(e.getCause()));
        }
    }
}
