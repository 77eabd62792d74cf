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
package dev.trestle.catalog;

import dev.trestle.server.suite.AlterSuite;
import dev.trestle.server.suite.DataSuite;
import dev.trestle.server.suite.DatabaseSuite;
import dev.trestle.server.suite.FormatTableSuite;
import dev.trestle.server.suite.TableSuite;
import dev.trestle.server.suite.TestServer;
import java.nio.file.Path;
import java.util.Map;
import org.apache.paimon.catalog.Catalog;
import org.junit.jupiter.api.Nested;

/** What our client does of every service, in every dialect. */
abstract class RestCatalogSuite {

    /** Starts the service, with its files under an empty directory. */
    abstract TestServer startServer(Path directory);

    @Nested
    class Databases extends DatabaseSuite {
        @Override
        protected TestServer startServer(Path directory) {
            return RestCatalogSuite.this.startServer(directory);
        }

        @Override
        protected Catalog connect(Map<String, String> options) {
            return RestCatalog.open(options);
        }
    }

    @Nested
    class Tables extends TableSuite {
        @Override
        protected TestServer startServer(Path directory) {
            return RestCatalogSuite.this.startServer(directory);
        }

        @Override
        protected Catalog connect(Map<String, String> options) {
            return RestCatalog.open(options);
        }
    }

    @Nested
    class Alterations extends AlterSuite {
        @Override
        protected TestServer startServer(Path directory) {
            return RestCatalogSuite.this.startServer(directory);
        }

        @Override
        protected Catalog connect(Map<String, String> options) {
            return RestCatalog.open(options);
        }
    }

    @Nested
    class Data extends DataSuite {
        @Override
        protected TestServer startServer(Path directory) {
            return RestCatalogSuite.this.startServer(directory);
        }

        @Override
        protected Catalog connect(Map<String, String> options) {
            return RestCatalog.open(options);
        }
    }

    @Nested
    class FormatTables extends FormatTableSuite {
        @Override
        protected TestServer startServer(Path directory) {
            return RestCatalogSuite.this.startServer(directory);
        }

        @Override
        protected Catalog connect(Map<String, String> options) {
            return RestCatalog.open(options);
        }
    }
}
