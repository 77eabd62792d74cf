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

class SequenceFieldsTest {

    private static final Schema SCHEMA = Schema.newBuilder()
            .column("k", DataTypes.INT())
            .column("n", DataTypes.INT())
            .column("t", DataTypes.VARCHAR(5))
            .column("v", DataTypes.INT())
            .primaryKey("k")
            .column("g", DataTypes.INT())
            .column("h", DataTypes.INT())
            .column("most", DataTypes.INT())
            .option("sequence.field", "n,t")
            .option("fields.g,h.sequence-group", "v")
            .option("fields.most.aggregate-function", "max")
            .option("fields.v.aggregate-function", "sum")
            .build();

    private static void change(String column, DataType type) {
        SequenceFields.requireSameOrder(
                "d.t", SCHEMA.rowType(), SCHEMA.options(), List.of(SchemaChange.updateColumnType(column, type)));
    }

    @Test
    void aNumberThatTellsWhichRowIsTheLaterOneBecomesNoText() {
        assertThatThrownBy(() -> change("n", DataTypes.STRING()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("Column 'n' of table 'd.t' cannot become STRING: rows of a key are merged by its order"
                        + " ('sequence.field'), and texts have another order. Add a column of that type, or make another"
                        + " table");
        assertThatThrownBy(() -> change("h", DataTypes.STRING())).hasMessageContaining("'fields.g,h.sequence-group'");
        assertThatThrownBy(() -> change("most", DataTypes.STRING()))
                .hasMessageContaining("'fields.most.aggregate-function'");
    }

    @Test
    void typesWithTheSameOrderAndOtherColumnsChange() {
        assertThatCode(() -> change("n", DataTypes.BIGINT())).doesNotThrowAnyException();
        assertThatCode(() -> change("t", DataTypes.STRING())).doesNotThrowAnyException();
        assertThatCode(() -> change("v", DataTypes.STRING())).doesNotThrowAnyException();
    }
}
