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
package dev.trestle.spark;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One catalog for all tests of a class, which use tables of names of their own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SharedCatalogFixture extends CatalogFixture {

    @BeforeAll
    void openSharedCatalog(@TempDir Path directory) {
        warehouse = directory;
        super.openCatalog();
    }

    @AfterAll
    void closeSharedCatalog() throws Exception {
        super.closeCatalog();
    }

    /** Not before each test. */
    @Override
    void openCatalog() {}

    /** Not after each test. */
    @Override
    void closeCatalog() {}
}
