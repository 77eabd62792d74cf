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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
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
import org.apache.paimon.table.system.SchemasTable;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.RowType;
import org.apache.paimon.utils.InternalRowUtils;
import org.apache.paimon.utils.JsonSerdeUtil;
import org.apache.paimon.utils.ProjectedRow;

/** The system tables that tell the options of a table, without secrets that somebody has stored there. */
final class ShownOptions {

    private ShownOptions() {}

    static Map<String, String> of(Map<String, String> options) {
        Map<String, String> shown = new LinkedHashMap<>();
        options.forEach((key, value) -> shown.put(key, value == null ? null : CatalogOptions.shownOfTable(key, value)));
        return shown;
    }

    /** {@code $options}. */
    static final class Present extends OptionsTable {

        private static final long serialVersionUID = 1L;

        private final FileStoreTable table;

        Present(FileStoreTable table) {
            super(table);
            this.table = requireNonNull(table, "table is null");
        }

        @Override
        public InnerTableRead newRead() {
            return new Read(super.newRead(), TABLE_TYPE, Present::shown);
        }

        @Override
        public Table copy(Map<String, String> dynamicOptions) {
            return new Present(table.copy(dynamicOptions));
        }

        private static InternalRow shown(InternalRow row) {
            BinaryString key = row.getString(0);
            String value = row.getString(1).toString();
            return GenericRow.of(key, BinaryString.fromString(CatalogOptions.shownOfTable(key.toString(), value)));
        }
    }

    /** {@code $schemas}: those of each time. */
    static final class OfSchemas extends SchemasTable {

        private static final long serialVersionUID = 1L;
        private static final int OPTIONS = TABLE_TYPE.getFieldIndex("options");

        private final FileStoreTable table;

        OfSchemas(FileStoreTable table) {
            super(table);
            this.table = requireNonNull(table, "table is null");
        }

        @Override
        public InnerTableRead newRead() {
            return new Read(super.newRead(), TABLE_TYPE, OfSchemas::shown);
        }

        @Override
        public Table copy(Map<String, String> dynamicOptions) {
            return new OfSchemas(table.copy(dynamicOptions));
        }

        private static InternalRow shown(InternalRow row) {
            GenericRow shown = new GenericRow(TABLE_TYPE.getFieldCount());
            for (int i = 0; i < TABLE_TYPE.getFieldCount(); i++) {
                DataField field = TABLE_TYPE.getFields().get(i);
                shown.setField(i, InternalRowUtils.get(row, i, field.type()));
            }
            Map<String, String> options =
                    JsonSerdeUtil.parseJsonMap(row.getString(OPTIONS).toString(), String.class);
            shown.setField(OPTIONS, BinaryString.fromString(JsonSerdeUtil.toFlatJson(of(options))));
            return shown;
        }
    }

    /** All columns are read, changed, and cut back to those that were asked for. */
    private static final class Read implements InnerTableRead {

        private final InnerTableRead stored;
        private final RowType all;
        private final UnaryOperator<InternalRow> shown;

        private RowType columns;

        Read(InnerTableRead stored, RowType all, UnaryOperator<InternalRow> shown) {
            this.stored = stored;
            this.all = all;
            this.shown = shown;
            this.columns = all;
        }

        @Override
        public InnerTableRead withFilter(Predicate predicate) {
            stored.withFilter(predicate);
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
            return stored.createReader(split).transform(shown::apply).transform(row -> ProjectedRow.from(columns, all)
                    .replaceRow(row));
        }
    }
}
