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

import dev.trestle.catalog.table.KeptValues;
import dev.trestle.trino.TrestleColumnHandle;
import dev.trestle.trino.TrinoTypes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.CoreOptions.ChangelogProducer;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.RowType;

/**
 * What names a row for UPDATE, DELETE and MERGE. A row of a primary key is named by what a record that deletes it has to hold;
 * a row of another table by its file and its position in it.
 */
final class RowIds {

    static final String NAME = "$row_id";

    /** No column of a table has it. */
    private static final int FIELD_ID = -1;

    /** Of an append table: the name of the file, the position in it, and where the file is. */
    static final RowType POSITION = RowType.of(
            new DataType[] {DataTypes.STRING(), DataTypes.BIGINT(), DataTypes.BYTES(), DataTypes.INT()},
            new String[] {"file", "position", "partition", "bucket"});

    /** Which field of {@link #POSITION} has the partition, as Paimon serializes it. */
    static final int PARTITION = 2;

    /** Which field of {@link #POSITION} has the bucket. */
    static final int BUCKET = 3;

    private RowIds() {}

    static TrestleColumnHandle column(TableSchema schema) {
        return new TrestleColumnHandle(FIELD_ID, NAME, TrinoTypes.toTrino(type(schema)));
    }

    static boolean isRowId(TrestleColumnHandle column) {
        return column.id() == FIELD_ID && column.name().equals(NAME);
    }

    /** Of a primary key: first the partition keys and the bucket keys, by which rows are spread over writers. */
    static RowType type(TableSchema schema) {
        return schema.primaryKeys().isEmpty()
                ? POSITION
                : schema.logicalRowType().project(keyColumns(schema));
    }

    private static List<String> keyColumns(TableSchema schema) {
        Set<String> names = new LinkedHashSet<>(schema.partitionKeys());
        names.addAll(schema.bucketKeys());
        names.addAll(schema.primaryKeys());
        CoreOptions options = new CoreOptions(schema.options());
        names.addAll(options.sequenceField());
        boolean whole = options.changelogProducer() == ChangelogProducer.INPUT || KeptValues.areUncertain(options);
        for (DataField field : schema.fields()) {
            if (whole || !field.type().isNullable()) {
                names.add(field.name());
            }
        }
        return new ArrayList<>(names);
    }
}
