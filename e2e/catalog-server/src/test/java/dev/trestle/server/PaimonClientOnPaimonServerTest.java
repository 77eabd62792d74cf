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

import dev.trestle.server.suite.AlterSuite;
import dev.trestle.server.suite.BranchSuite;
import dev.trestle.server.suite.DataSuite;
import dev.trestle.server.suite.DatabaseSuite;
import dev.trestle.server.suite.FormatTableSuite;
import dev.trestle.server.suite.FunctionSuite;
import dev.trestle.server.suite.PaimonTestServer;
import dev.trestle.server.suite.RollbackSuite;
import dev.trestle.server.suite.TableSuite;
import dev.trestle.server.suite.TagSuite;
import dev.trestle.server.suite.TestServer;
import dev.trestle.server.suite.ViewSuite;
import java.nio.file.Path;
import java.util.Map;
import org.apache.paimon.catalog.Catalog;
import org.junit.jupiter.api.Nested;

/** The suite asks nothing that Paimon's own client and server do not agree on. */
class PaimonClientOnPaimonServerTest {

    @Nested
    class Databases extends DatabaseSuite {
        @Override
        protected TestServer startServer(Path directory) {
            return PaimonTestServer.withToken(directory);
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
            return PaimonTestServer.withToken(directory);
        }

        @Override
        protected Catalog connect(Map<String, String> options) {
            return PaimonClient.connect(options);
        }
    }

    @Nested
    class Alterations extends AlterSuite {
        @Override
        protected TestServer startServer(Path directory) {
            return PaimonTestServer.withToken(directory);
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
            return PaimonTestServer.withToken(directory);
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
            return PaimonTestServer.withToken(directory);
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
            return PaimonTestServer.withToken(directory);
        }

        @Override
        protected Catalog connect(Map<String, String> options) {
            return PaimonClient.connectUncached(options);
        }
    }

    @Nested
    class Tags extends TagSuite {
        @Override
        protected TestServer startServer(Path directory) {
            return PaimonTestServer.withToken(directory);
        }

        @Override
        protected Catalog connect(Map<String, String> options) {
            return PaimonClient.connectUncached(options);
        }
    }

    @Nested
    class Branches extends BranchSuite {
        @Override
        protected TestServer startServer(Path directory) {
            return PaimonTestServer.withToken(directory);
        }

        @Override
        protected Catalog connect(Map<String, String> options) {
            return PaimonClient.connectUncached(options);
        }
    }

    @Nested
    class Rollbacks extends RollbackSuite {
        @Override
        protected TestServer startServer(Path directory) {
            return PaimonTestServer.withToken(directory);
        }

        @Override
        protected Catalog connect(Map<String, String> options) {
            return PaimonClient.connectUncached(options);
        }
    }

    @Nested
    class FormatTables extends FormatTableSuite {
        @Override
        protected TestServer startServer(Path directory) {
            return PaimonTestServer.withToken(directory);
        }

        @Override
        protected Catalog connect(Map<String, String> options) {
            return PaimonClient.connectUncached(options);
        }
    }
}
