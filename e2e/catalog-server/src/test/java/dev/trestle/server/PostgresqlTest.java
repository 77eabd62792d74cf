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
package dev.trestle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.server.store.StoreSettings;
import dev.trestle.server.suite.AlterSuite;
import dev.trestle.server.suite.BranchSuite;
import dev.trestle.server.suite.DataSuite;
import dev.trestle.server.suite.DatabaseSuite;
import dev.trestle.server.suite.EmbeddedTestServer;
import dev.trestle.server.suite.FormatTableSuite;
import dev.trestle.server.suite.FunctionSuite;
import dev.trestle.server.suite.RollbackSuite;
import dev.trestle.server.suite.TableSuite;
import dev.trestle.server.suite.TagSuite;
import dev.trestle.server.suite.TestServer;
import dev.trestle.server.suite.ViewSuite;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.paimon.catalog.Catalog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The store in PostgreSQL behaves as the one in SQLite. The suites of what hardly asks the database run with all tests
 * only.
 */
@Timeout(120)
class PostgresqlTest {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** It takes half of the ten seconds that are the default where nothing else runs. */
    private static final Duration LONGEST_START = Duration.ofMinutes(1);

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.builder().setPGStartupWait(LONGEST_START).start();
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    private static StoreSettings newDatabase() {
        String name = "catalog_" + DATABASES.incrementAndGet();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new StoreSettings(
                "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + name,
                Optional.of("postgres"),
                Optional.empty());
    }

    private static TestServer startServerIn(Path directory) {
        return EmbeddedTestServer.withToken(
                ServerOptions.builder(directory.resolve("warehouse")).store(newDatabase()));
    }

    @Nested
    class Databases extends DatabaseSuite {
        @Override
        protected TestServer startServer(Path directory) {
            return startServerIn(directory);
        }

        @Override
        protected Catalog connect(Map<String, String> options) {
            return PaimonClient.connect(options);
        }
    }

    @Nested
    class Tables extends TableSuite {
        @Override
        protected TestServer startServer(Path directory) {
            return startServerIn(directory);
        }

        @Override
        protected Catalog connect(Map<String, String> options) {
            return PaimonClient.connect(options);
        }
    }

    @Nested
    class FormatTables extends FormatTableSuite {
        @Override
        protected TestServer startServer(Path directory) {
            return startServerIn(directory);
        }

        @Override
        protected Catalog connect(Map<String, String> options) {
            return PaimonClient.connect(options);
        }
    }

    @Nested
    class Views extends ViewSuite {
        @Override
        protected TestServer startServer(Path directory) {
            return startServerIn(directory);
        }

        @Override
        protected Catalog connect(Map<String, String> options) {
            return PaimonClient.connect(options);
        }
    }

    @Nested
    class Functions extends FunctionSuite {
        @Override
        protected TestServer startServer(Path directory) {
            return startServerIn(directory);
        }

        @Override
        protected Catalog connect(Map<String, String> options) {
            return PaimonClient.connectUncached(options);
        }
    }

    @Nested
    @Tag("full")
    class Alterations extends AlterSuite {
        @Override
        protected TestServer startServer(Path directory) {
            return startServerIn(directory);
        }

        @Override
        protected Catalog connect(Map<String, String> options) {
            return PaimonClient.connect(options);
        }
    }

    @Nested
    class Data extends DataSuite {
        @Override
        protected TestServer startServer(Path directory) {
            return startServerIn(directory);
        }

        @Override
        protected Catalog connect(Map<String, String> options) {
            return PaimonClient.connect(options);
        }
    }

    @Nested
    class Branches extends BranchSuite {
        @Override
        protected TestServer startServer(Path directory) {
            return startServerIn(directory);
        }

        @Override
        protected Catalog connect(Map<String, String> options) {
            return PaimonClient.connectUncached(options);
        }
    }

    @Nested
    @Tag("full")
    class Tags extends TagSuite {
        @Override
        protected TestServer startServer(Path directory) {
            return startServerIn(directory);
        }

        @Override
        protected Catalog connect(Map<String, String> options) {
            return PaimonClient.connectUncached(options);
        }
    }

    @Nested
    @Tag("full")
    class Rollbacks extends RollbackSuite {
        @Override
        protected TestServer startServer(Path directory) {
            return startServerIn(directory);
        }

        @Override
        protected Catalog connect(Map<String, String> options) {
            return PaimonClient.connectUncached(options);
        }
    }

    @Nested
    class Restarts extends StoreSuite {
        @Override
        StoreSettings newStore(Path directory) {
            return newDatabase();
        }
    }

    @Test
    void letsOneServerAloneUseADatabase(@TempDir Path directory) {
        ServerOptions options =
                ServerOptions.builder(directory).store(newDatabase()).build();
        try (CatalogServer first = CatalogServer.start(options)) {
            assertThat(first.uri()).isNotNull();
            assertThatThrownBy(() -> CatalogServer.start(options)).hasMessageContaining("Another catalog server");
        }
        CatalogServer.start(options).close();
    }

    @Test
    void saysThatPostgresqlIsNotThere(@TempDir Path directory) {
        StoreSettings wrong = new StoreSettings(
                "jdbc:postgresql://127.0.0.1:1/x?password=hidden", Optional.of("u"), Optional.of("secret"));

        assertThatThrownBy(() -> CatalogServer.start(
                        ServerOptions.builder(directory).store(wrong).build()))
                .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/x")
                .hasMessageNotContainingAny("hidden", "secret");
    }
}
