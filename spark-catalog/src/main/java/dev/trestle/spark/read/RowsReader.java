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
package dev.trestle.spark.read;

import dev.trestle.spark.data.SparkRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.table.source.ReadBuilder;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.RowType;
import org.apache.spark.sql.types.StructType;

/** Reads splits row by row: where files are merged, or where it is asked where a row lies. */
final class RowsReader extends SplitsReader<org.apache.spark.sql.catalyst.InternalRow> {

    private final SparkRow row;
    private final MetadataColumns.Filler metadata;

    private boolean hasDeletions;

    RowsReader(ReadBuilder read, List<Split> splits, RowType metadata, StructType schema) {
        super(read, splits);
        this.metadata = new MetadataColumns.Filler(metadata);
        List<DataField> fields = new ArrayList<>(read.readType().getFields());
        fields.addAll(metadata.getFields());
        this.row = new SparkRow(new RowType(fields), schema);
    }

    @Override
    void begin(Split split) {
        metadata.begin(split);
        hasDeletions = new SplitFiles(split).isStreaming();
    }

    @Override
    public boolean next() throws IOException {
        while (true) {
            InternalRow next = batch() == null ? null : batch().next();
            if (next != null && hasDeletions && next.getRowKind().isRetract()) {
                continue;
            }
            if (next != null) {
                row.show(metadata.append(next, batch()));
                return true;
            }
            if (!nextBatch()) {
                return false;
            }
            metadata.begin(batch());
        }
    }

    @Override
    public org.apache.spark.sql.catalyst.InternalRow get() {
        return row;
    }
}
