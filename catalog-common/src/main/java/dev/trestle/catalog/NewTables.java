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

import dev.trestle.catalog.table.PartitionTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.TableType;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogUtils;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.Path;
import org.apache.paimon.options.Options;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaManager;
import org.apache.paimon.schema.TableSchema;

/** Completes the schema of a table that is to be created: defaults, and what is there already at an external path. */
record NewTables(SharedClient client) {

    /**
     * The schema to send to the service.
     *
     * @throws IllegalArgumentException if an option or a default value is not allowed
     * @throws UnsupportedOperationException if a partition key is of a type by which no partition is found
     * @throws UncheckedIOException if the external path cannot be reached
     */
    Schema complete(Schema wanted) {
        CatalogUtils.validateCreateTable(wanted, client.settings().dataTokens());
        Map<String, String> options = new HashMap<>(wanted.options());
        CatalogUtils.tableDefaultOptions(client.context().options().toMap()).forEach(options::putIfAbsent);
        OrcInstants.complete(options, wanted.fields());
        Schema schema = withOptions(wanted, options);
        if (typeOf(schema) == TableType.TABLE) {
            PartitionTypes.requireKeys(schema.fields(), schema.partitionKeys());
        }
        String path = options.get(CoreOptions.PATH.key());
        return path == null ? schema : atExternalPath(schema, new Path(path));
    }

    private Schema atExternalPath(Schema schema, Path path) {
        FileIO fileIO = client.files().open(path);
        try {
            if (!fileIO.exists(path)) {
                fileIO.mkdirs(path);
            }
            if (typeOf(schema) != TableType.TABLE) {
                return schema;
            }
            SchemaManager schemas = new SchemaManager(fileIO, path);
            Optional<TableSchema> existing = schemas.latest();
            if (existing.isEmpty()) {
                return schema;
            }
            // Only compares the two, since the table's files are there.
            schemas.createTable(schema, true);
            return asThere(existing.get().toSchema(), schema);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot reach the path '" + path + "' of an external table", e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalArgumentException(
                    "The table at the external path '" + path + "' cannot be used: " + e.getMessage(), e);
        }
    }

    private static Schema asThere(Schema existing, Schema wanted) {
        Map<String, String> options = new HashMap<>(existing.options());
        options.put(CoreOptions.PATH.key(), wanted.options().get(CoreOptions.PATH.key()));
        String owner = wanted.options().get(Catalog.OWNER_PROP);
        if (owner != null) {
            options.put(Catalog.OWNER_PROP, owner);
        }
        return withOptions(existing, options);
    }

    private static Schema withOptions(Schema schema, Map<String, String> options) {
        return new Schema(schema.fields(), schema.partitionKeys(), schema.primaryKeys(), options, schema.comment());
    }

    private static TableType typeOf(Schema schema) {
        return Options.fromMap(schema.options()).get(CoreOptions.TYPE);
    }
}
