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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.paimon.PagedList;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogLoader;
import org.apache.paimon.catalog.DelegateCatalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.view.View;
import org.junit.jupiter.api.Test;

/** {@code SHOW TABLES} names tables and views, which the service lists apart. */
class RelationNamesTest extends CatalogFixture {

    /** Answers a listing when all of them were asked for. */
    private static final class Together extends DelegateCatalog {

        private final CountDownLatch asked = new CountDownLatch(2);

        private Together(Catalog catalog) {
            super(catalog);
        }

        private void await() {
            asked.countDown();
            try {
                assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public List<String> listTables(String database) throws DatabaseNotExistException {
            await();
            return wrapped.listTables(database);
        }

        @Override
        public List<String> listViews(String database) throws DatabaseNotExistException {
            await();
            return wrapped.listViews(database);
        }

        @Override
        public CatalogLoader catalogLoader() {
            return wrapped.catalogLoader();
        }
    }

    @Test
    void tablesAndViewsAreAskedForAtOnce() throws Exception {
        session.run("CREATE TABLE t (id INT)").run("CREATE VIEW v AS SELECT id FROM t");

        assertThat(open(new Together(other)).listTables("d")).containsExactly("t", "v");
    }

    @Test
    void aFailureOfOneListingIsOneOfTheStatement() {
        TrestleCatalog catalog = open(new DelegateCatalog(other) {
            @Override
            public List<String> listViews(String database) {
                throw new IllegalStateException("no views today");
            }

            @Override
            public CatalogLoader catalogLoader() {
                return wrapped.catalogLoader();
            }
        });

        assertThatThrownBy(() -> catalog.listTables("d"))
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining("no views today");
    }

    /** As one of before there were views and functions. */
    @Test
    void aServiceWithoutViewsAndFunctionsHasNone() throws Exception {
        session.run("CREATE TABLE t (id INT)");
        TrestleCatalog catalog = open(new WithoutViewsAndFunctions(other));

        assertThat(catalog.listTables("d")).containsExactly("t");
        assertThat(catalog.listViews("d")).isEmpty();
        assertThat(catalog.tableExists(new ObjectPath("d", "none"))).isFalse();
        assertThat(catalog.listFunctions("d")).isEmpty();
        assertThat(catalog.functionExists(new ObjectPath("d", "f"))).isFalse();
    }

    private static final class WithoutViewsAndFunctions extends DelegateCatalog {

        private WithoutViewsAndFunctions(Catalog catalog) {
            super(catalog);
        }

        private static UnsupportedOperationException missing() {
            return new UnsupportedOperationException("no such address");
        }

        @Override
        public List<String> listViews(String database) {
            throw missing();
        }

        @Override
        public View getView(Identifier identifier) {
            throw missing();
        }

        @Override
        public List<String> listFunctions(String database) {
            throw missing();
        }

        @Override
        public PagedList<String> listFunctionsPaged(String database, Integer max, String token, String pattern) {
            throw missing();
        }

        @Override
        public CatalogLoader catalogLoader() {
            return wrapped.catalogLoader();
        }
    }

    @Test
    void aMissingDatabaseIsMissing() {
        TrestleCatalog catalog = open(new Together(other));

        assertThatThrownBy(() -> catalog.listTables("none")).isInstanceOf(DatabaseNotExistException.class);
    }

    private TrestleCatalog open(Catalog core) {
        Map<String, String> options = new HashMap<>(options());
        options.remove("type");
        TrestleCatalog catalog = new TrestleCatalog("x", FlinkOptions.parse(options), () -> core);
        catalog.open();
        return catalog;
    }
}
