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
package dev.trestle.catalog.table;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.Test;

class BucketKeysTest {

    private static final Schema SCHEMA = Schema.newBuilder()
            .column("k", DataTypes.INT())
            .column("t", DataTypes.VARCHAR(5))
            .column("v", DataTypes.INT())
            .option("bucket", "4")
            .option("bucket-key", "k, t")
            .build();

    private static void change(String column, DataType type) {
        BucketKeys.requireSameBuckets(
                "d.t", SCHEMA.rowType(), SCHEMA.options(), List.of(SchemaChange.updateColumnType(column, type)));
    }

    @Test
    void aKeyWhoseRowsWouldNotBeFoundKeepsItsType() {
        assertThatThrownBy(() -> change("k", DataTypes.BIGINT()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("Column 'k' of table 'd.t' cannot become BIGINT: rows are spread over buckets by it"
                        + " ('bucket-key'), and those that are there would not be found by a value of another type."
                        + " Add a column of that type, or make another table");
        assertThatThrownBy(() -> change("t", DataTypes.VARCHAR(3))).hasMessageContaining("cannot become VARCHAR(3)");
        assertThatThrownBy(() -> change("t", DataTypes.BYTES())).hasMessageContaining("cannot become BYTES");
    }

    @Test
    void aLongerTextAndOtherColumnsChange() {
        assertThatCode(() -> change("t", DataTypes.STRING())).doesNotThrowAnyException();
        assertThatCode(() -> change("k", DataTypes.INT().notNull())).doesNotThrowAnyException();
        assertThatCode(() -> change("v", DataTypes.BIGINT())).doesNotThrowAnyException();
    }
}
