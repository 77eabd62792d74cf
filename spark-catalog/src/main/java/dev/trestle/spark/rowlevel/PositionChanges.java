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

import dev.trestle.spark.read.MetadataColumns;
import dev.trestle.spark.read.RowLevelScanBuilder;
import dev.trestle.spark.rowlevel.RowLevelChanges.ChangedTable;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.write.DeltaWriteBuilder;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.SupportsDelta;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** Changes rows by marking them as deleted at their positions in their files, and writing what takes their place. */
final class PositionChanges implements SupportsDelta {

    private final ChangedTable changed;
    private final Command command;
    private final RowLevelScanBuilder scan;

    PositionChanges(ChangedTable changed, Command command) {
        this.changed = changed;
        this.command = command;
        this.scan = new RowLevelScanBuilder(changed.read());
    }

    @Override
    public String description() {
        return "trestle " + changed.name() + " by position";
    }

    @Override
    public Command command() {
        return command;
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
        return scan;
    }

    @Override
    public NamedReference[] rowId() {
        return new NamedReference[] {
            Expressions.column(MetadataColumns.FILE_NAME), Expressions.column(MetadataColumns.ROW_INDEX)
        };
    }

    @Override
    public boolean representUpdateAsDeleteAndInsert() {
        return true;
    }

    @Override
    public DeltaWriteBuilder newWriteBuilder(LogicalWriteInfo info) {
        return new DeltaWriteBuilder() {
            @Override
            public PositionWrite build() {
                return new PositionWrite(changed, command, scan);
            }
        };
    }
}
