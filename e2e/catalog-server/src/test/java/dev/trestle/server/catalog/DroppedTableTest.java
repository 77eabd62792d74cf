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
package dev.trestle.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.server.files.Warehouse;
import dev.trestle.server.store.Store;
import dev.trestle.server.store.StoreSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A table that is dropped between the reading of its row and of its files. */
@Timeout(60)
class DroppedTableTest {

    private static final Identifier TABLE = Identifier.create("db", "t");

    private Store store;
    private CatalogService service;
    private TableLocator locator;

    @BeforeEach
    void makeTable(@TempDir Path directory) {
        store = Store.open(StoreSettings.sqlite(directory.resolve("catalog.db")));
        Warehouse warehouse = new Warehouse(directory.resolve("warehouse").toString(), Map.of());
        service = new CatalogService(store, warehouse, Optional.empty(), Clock.systemUTC());
        locator = new TableLocator(store, warehouse, new TableLocks());
        service.databases().create("db", Map.of(), "me");
        make("first");
    }

    @AfterEach
    void close() {
        service.close();
        store.close();
    }

    private void make(String column) {
        service.tableCreation()
                .create(
                        TABLE,
                        Schema.newBuilder().column(column, DataTypes.INT()).build(),
                        "me");
    }

    /** The files go in the background, and are gone when the service is closed. */
    private void dropWithItsFiles() {
        service.tables().drop(TABLE);
        service.close();
    }

    @Test
    void doesNotExist() {
        assertThatThrownBy(() -> locator.read(TABLE, table -> {
                    dropWithItsFiles();
                    return Schemas.ofPaimonTable(table);
                }))
                .isInstanceOfSatisfying(
                        CatalogException.class, e -> assertThat(e.kind()).isEqualTo(CatalogException.Kind.NOT_FOUND))
                .hasMessage("Table db.t does not exist.");
    }

    @Test
    void isTheOneThatWasMadeInItsPlace() {
        AtomicInteger readings = new AtomicInteger();

        TableSchema schema = locator.read(TABLE, table -> {
            if (readings.incrementAndGet() == 1) {
                dropWithItsFiles();
                make("second");
            }
            return Schemas.ofPaimonTable(table);
        });

        assertThat(schema.fieldNames()).containsExactly("second");
        assertThat(readings).hasValue(2);
    }

    @Test
    void anythingElseThatGoesWrongIsToldOfATableThatIsThere() {
        assertThatThrownBy(() -> locator.read(TABLE, table -> {
                    throw new IllegalStateException("the store does not answer");
                }))
                .hasMessage("the store does not answer");
    }
}
