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
package dev.trestle.spark.rowlevel;

import dev.trestle.catalog.table.KeptValues;
import dev.trestle.spark.data.SparkTypes;
import dev.trestle.spark.read.ScanTable;
import dev.trestle.spark.read.TableScanBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.types.RowType;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.CharVarcharUtils;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Reads rows, and where it is asked for each of them as a whole in one more column. A change by key that has to know what a
 * row was before finds it there: the id of a row, which Spark keeps through a change, has no columns that may be null.
 */
public final class WholeRowScanBuilder extends TableScanBuilder {

    /** The row as a struct of the table's columns. */
    static final String COLUMN = "__trestle_row";

    private final StructType columns;
    private final StructField whole;

    private boolean isAsked;

    /** A scan of all columns of a table that has the column. */
    public WholeRowScanBuilder(ScanTable table) {
        super(table);
        MetadataColumn column = column(table.table().rowType());
        this.columns = (StructType) column.dataType();
        this.whole = new StructField(COLUMN, columns, false, org.apache.spark.sql.types.Metadata.empty());
    }

    /**
     * Whether changes of a table have to know what a row was before: for the changelog that the table keeps of them, or since
     * what is written does not always take its place.
     */
    public static boolean isFor(FileStoreTable table) {
        return !table.primaryKeys().isEmpty()
                && (table.coreOptions().changelogProducer() == CoreOptions.ChangelogProducer.INPUT
                        || KeptValues.areUncertain(table.coreOptions()));
    }

    /** The column of a table with these columns. */
    public static MetadataColumn column(RowType columns) {
        return new Whole(CharVarcharUtils.replaceCharVarcharWithString(SparkTypes.toSpark(columns)));
    }

    private record Whole(DataType dataType) implements MetadataColumn {

        @Override
        public String name() {
            return COLUMN;
        }

        @Override
        public boolean isNullable() {
            return false;
        }
    }

    /** All columns are read for the whole row, so all are given. */
    @Override
    public void pruneColumns(StructType requiredSchema) {
        isAsked = Arrays.asList(requiredSchema.fieldNames()).contains(COLUMN);
        super.pruneColumns(isAsked ? withoutWhole(requiredSchema) : requiredSchema);
    }

    private StructType withoutWhole(StructType required) {
        List<StructField> fields = new ArrayList<>(Arrays.asList(columns.fields()));
        List<String> own = Arrays.asList(columns.fieldNames());
        for (StructField field : required.fields()) {
            if (!own.contains(field.name()) && !field.name().equals(COLUMN)) {
                fields.add(field);
            }
        }
        return new StructType(fields.toArray(StructField[]::new));
    }

    @Override
    public Scan build() {
        Scan scan = super.build();
        return isAsked ? new WithWhole(scan, whole) : scan;
    }

    private record WithWhole(Scan rows, StructField whole) implements Scan, Batch, SupportsReportStatistics {

        @Override
        public StructType readSchema() {
            return rows.readSchema().add(whole);
        }

        @Override
        public String description() {
            return rows.description();
        }

        @Override
        public Statistics estimateStatistics() {
            return ((SupportsReportStatistics) rows).estimateStatistics();
        }

        @Override
        public Batch toBatch() {
            return this;
        }

        @Override
        public InputPartition[] planInputPartitions() {
            return rows.toBatch().planInputPartitions();
        }

        @Override
        public PartitionReaderFactory createReaderFactory() {
            return new Readers(rows.toBatch().createReaderFactory());
        }
    }

    private record Readers(PartitionReaderFactory rows) implements PartitionReaderFactory {

        private static final long serialVersionUID = 1L;

        @Override
        public PartitionReader<InternalRow> createReader(InputPartition partition) {
            return new Reader(rows.createReader(partition));
        }
    }

    private record Reader(PartitionReader<InternalRow> rows) implements PartitionReader<InternalRow> {

        @Override
        public boolean next() throws IOException {
            return rows.next();
        }

        @Override
        public InternalRow get() {
            return new RowAndItself(rows.get());
        }

        @Override
        public CustomTaskMetric[] currentMetricsValues() {
            return rows.currentMetricsValues();
        }

        @Override
        public void close() throws IOException {
            rows.close();
        }
    }

    /** A row with itself in one more column. Has the getters of a class of Spark's, which are all by one. */
    private static final class RowAndItself extends GenericInternalRow {

        private static final long serialVersionUID = 1L;

        private final transient GenericInternalRow row;

        RowAndItself(InternalRow row) {
            this.row = (GenericInternalRow) row;
        }

        @Override
        public int numFields() {
            return row.numFields() + 1;
        }

        @Override
        public boolean isNullAt(int position) {
            return position < row.numFields() && row.isNullAt(position);
        }

        @Override
        public Object genericGet(int position) {
            return position < row.numFields() ? row.genericGet(position) : row;
        }

        @Override
        public GenericInternalRow copy() {
            Object[] values = new Object[numFields()];
            InternalRow copied = row.copy();
            for (int i = 0; i < row.numFields(); i++) {
                values[i] = ((GenericInternalRow) copied).genericGet(i);
            }
            values[row.numFields()] = copied;
            return new GenericInternalRow(values);
        }
    }
}
