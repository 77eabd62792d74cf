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
package dev.trestle.trino;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReadTest {

    private TrestleQueryRunner runner;

    @BeforeAll
    void start() throws Exception {
        runner = TrestleQueryRunner.start();
        try (Catalog other = runner.otherClient()) {
            other.createDatabase("shop", false);
            Identifier orders = Identifier.create("shop", "orders");
            other.createTable(
                    orders,
                    Schema.newBuilder()
                            .column("id", DataTypes.BIGINT())
                            .column("item", DataTypes.STRING())
                            .primaryKey("id")
                            .option("bucket", "1")
                            .build(),
                    false);
            write(other.getTable(orders), 1, "tea");
            write(other.getTable(orders), 2, "salt");
            write(other.getTable(orders), 1, "coffee");
        }
    }

    private static void write(Table table, long id, String item) throws Exception {
        BatchWriteBuilder write = table.newBatchWriteBuilder();
        try (BatchTableWrite writer = write.newWrite();
                BatchTableCommit commit = write.newCommit()) {
            writer.write(GenericRow.of(id, BinaryString.fromString(item)));
            commit.commit(writer.prepareCommit());
        }
    }

    @AfterAll
    void stop() {
        runner.close();
    }

    @Test
    void rowsOfAPrimaryKeyAreMerged() {
        assertThat(runner.trino()
                        .execute("SELECT id, item FROM shop.orders ORDER BY id")
                        .getMaterializedRows())
                .extracting(row -> row.getFields())
                .containsExactly(List.of(1L, "coffee"), List.of(2L, "salt"));
    }
}
