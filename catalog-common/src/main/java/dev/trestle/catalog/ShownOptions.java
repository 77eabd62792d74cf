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

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Map;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.predicate.Predicate;
import org.apache.paimon.reader.RecordReader;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.source.InnerTableRead;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.table.source.TableRead;
import org.apache.paimon.table.system.OptionsTable;
import org.apache.paimon.types.RowType;
import org.apache.paimon.utils.ProjectedRow;

/** The system table {@code $options} of a table, which shows no secret that somebody has stored there. */
final class ShownOptions extends OptionsTable {

    private static final long serialVersionUID = 1L;

    private final FileStoreTable table;

    ShownOptions(FileStoreTable table) {
        super(table);
        this.table = requireNonNull(table, "table is null");
    }

    @Override
    public InnerTableRead newRead() {
        return new Read(super.newRead());
    }

    @Override
    public Table copy(Map<String, String> dynamicOptions) {
        return new ShownOptions(table.copy(dynamicOptions));
    }

    private static final class Read implements InnerTableRead {

        private final InnerTableRead stored;

        private RowType columns = TABLE_TYPE;

        Read(InnerTableRead stored) {
            this.stored = stored;
        }

        @Override
        public InnerTableRead withFilter(Predicate predicate) {
            return this;
        }

        @Override
        public InnerTableRead withReadType(RowType readType) {
            columns = readType;
            return this;
        }

        @Override
        public TableRead withIOManager(IOManager ioManager) {
            return this;
        }

        @Override
        public RecordReader<InternalRow> createReader(Split split) throws IOException {
            return stored.createReader(split)
                    .transform(Read::shown)
                    .transform(row -> ProjectedRow.from(columns, TABLE_TYPE).replaceRow(row));
        }

        private static InternalRow shown(InternalRow row) {
            BinaryString key = row.getString(0);
            String value = row.getString(1).toString();
            return GenericRow.of(key, BinaryString.fromString(CatalogOptions.shownOfTable(key.toString(), value)));
        }
    }
}
