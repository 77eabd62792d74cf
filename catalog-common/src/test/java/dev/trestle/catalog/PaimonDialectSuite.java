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

import dev.trestle.server.suite.BranchSuite;
import dev.trestle.server.suite.FunctionSuite;
import dev.trestle.server.suite.RollbackSuite;
import dev.trestle.server.suite.TagSuite;
import dev.trestle.server.suite.TestServer;
import dev.trestle.server.suite.ViewSuite;
import java.nio.file.Path;
import java.util.Map;
import org.apache.paimon.catalog.Catalog;
import org.junit.jupiter.api.Nested;

/** What our client does of a service of the Paimon REST API, which has more than the other dialect. */
abstract class PaimonDialectSuite extends RestCatalogSuite {

    @Nested
    class Views extends ViewSuite {
        @Override
        protected TestServer startServer(Path directory) {
            return PaimonDialectSuite.this.startServer(directory);
        }

        @Override
        protected Catalog connect(Map<String, String> options) {
            return RestCatalog.open(options);
        }
    }

    @Nested
    class Functions extends FunctionSuite {
        @Override
        protected TestServer startServer(Path directory) {
            return PaimonDialectSuite.this.startServer(directory);
        }

        @Override
        protected Catalog connect(Map<String, String> options) {
            return RestCatalog.open(options);
        }
    }

    @Nested
    class Tags extends TagSuite {
        @Override
        protected TestServer startServer(Path directory) {
            return PaimonDialectSuite.this.startServer(directory);
        }

        @Override
        protected Catalog connect(Map<String, String> options) {
            return RestCatalog.open(options);
        }
    }

    @Nested
    class Branches extends BranchSuite {
        @Override
        protected TestServer startServer(Path directory) {
            return PaimonDialectSuite.this.startServer(directory);
        }

        @Override
        protected Catalog connect(Map<String, String> options) {
            return RestCatalog.open(options);
        }
    }

    @Nested
    class Rollbacks extends RollbackSuite {
        @Override
        protected TestServer startServer(Path directory) {
            return PaimonDialectSuite.this.startServer(directory);
        }

        @Override
        protected Catalog connect(Map<String, String> options) {
            return RestCatalog.open(options);
        }
    }
}
