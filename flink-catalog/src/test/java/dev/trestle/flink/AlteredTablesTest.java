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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogLoader;
import org.apache.paimon.catalog.DelegateCatalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.Test;

/** A table that was altered is asked for again before the next statement needs it. */
class AlteredTablesTest extends CatalogFixture {

    private static final ObjectPath T = new ObjectPath("d", "t");
    private static final Ticker HELD = () -> 0;

    /** Counts how often a table is asked for; the first answer waits until it may come. */
    private static final class Asked extends DelegateCatalog {

        private final AtomicInteger times = new AtomicInteger();
        private final CountDownLatch first = new CountDownLatch(1);
        private volatile RuntimeException failure;

        private Asked(Catalog catalog) {
            super(catalog);
        }

        @Override
        public Table getTable(Identifier identifier) throws TableNotExistException {
            try {
                if (times.incrementAndGet() == 1) {
                    first.await();
                    if (failure != null) {
                        throw failure;
                    }
                }
                return wrapped.getTable(identifier);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public CatalogLoader catalogLoader() {
            return wrapped.catalogLoader();
        }
    }

    /** The core knows what was asked for as long as a test takes. */
    @Override
    Map<String, String> options() {
        Map<String, String> options = new HashMap<>(super.options());
        options.put("metadata-cache.expire-after", "10 min");
        return options;
    }

    @Test
    void statementsThatAlterATableAndUseItAskForItOnceBetweenThem() {
        session.run("CREATE TABLE t (id INT)").sql("DESCRIBE t");
        session.run("ALTER TABLE t ADD (v INT)");
        server.resetCallCounts();

        assertThat(session.column("DESCRIBE t")).hasSize(2);

        assertThat(server.callCounts().getOrDefault("getTable", 0L)).isLessThanOrEqualTo(1);
    }

    @Test
    void whatWasAskedBeforehandIsAwaited() throws Exception {
        session.run("CREATE TABLE t (id INT)");
        Asked core = new Asked(other);
        AlteredTables tables = new AlteredTables(core, true, HELD);
        tables.altered(T);
        new Thread(core.first::countDown).start();

        assertThat(tables.load(T)).isNotNull();

        assertThat(core.times).as("the core knows the second answer").hasValue(2);
    }

    @Test
    void aFailureBeforehandIsAskedForAgain() throws Exception {
        session.run("CREATE TABLE t (id INT)");
        Asked core = new Asked(other);
        core.failure = new IllegalStateException("not now");
        core.first.countDown();
        AlteredTables tables = new AlteredTables(core, true, HELD);
        tables.altered(T);

        assertThat(tables.load(T)).isNotNull();
    }

    @Test
    void aTableThatIsGoneSinceThenIsMissing() {
        AlteredTables tables = new AlteredTables(other, true, HELD);
        tables.altered(T);

        assertThatThrownBy(() -> tables.load(T)).isInstanceOf(Catalog.TableNotExistException.class);
    }

    @Test
    void whatAnotherClientChangedSinceThenIsSeen() throws Exception {
        session.run("CREATE TABLE t (id INT)");
        AtomicLong now = new AtomicLong();
        AlteredTables tables = new AlteredTables(other, true, now::get);
        tables.altered(T);
        other.alterTable(Identifier.create("d", "t"), List.of(SchemaChange.addColumn("v", DataTypes.INT())), false);
        now.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThat(tables.load(T).rowType().getFieldNames()).containsExactly("id", "v");
    }
}
