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
package dev.trestle.flink;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.fs.local.LocalFileIO;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.iceberg.IcebergTable;
import org.apache.paimon.table.lance.LanceTable;
import org.apache.paimon.table.object.ObjectTable;
import org.apache.paimon.types.RowType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogTablesTest {

    private static final Identifier T = Identifier.create("d", "t");

    static Stream<Table> ofOtherSystems() {
        LocalFileIO files = LocalFileIO.create();
        return Stream.of(
                ObjectTable.builder()
                        .identifier(T)
                        .fileIO(files)
                        .location("/t")
                        .options(Map.of("type", "object-table"))
                        .build(),
                LanceTable.builder()
                        .identifier(T)
                        .fileIO(files)
                        .rowType(RowType.of())
                        .location("/t")
                        .options(Map.of("type", "lance-table"))
                        .build(),
                IcebergTable.builder()
                        .identifier(T)
                        .fileIO(files)
                        .rowType(RowType.of())
                        .partitionKeys(List.of())
                        .location("/t")
                        .options(Map.of("type", "iceberg-table"))
                        .uuid("u")
                        .build());
    }

    @ParameterizedTest
    @MethodSource("ofOtherSystems")
    void aTableOfAnotherSystemIsRefusedNamingItsType(Table table) {
        assertThatThrownBy(() -> CatalogTables.toFlink("c", "d.t", table, List.of(), OptionalLong.empty()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("Table d.t is of type " + table.options().get("type") + ",")
                .hasMessageContaining("Use the connector of the system that it belongs to");
    }
}
