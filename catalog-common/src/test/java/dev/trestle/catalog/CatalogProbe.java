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

import java.util.Map;
import java.util.function.Consumer;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;

/** What an engine does with a catalog before it drops the class loader that it came in. Loaded by name. */
public final class CatalogProbe implements Consumer<Map<String, String>> {

    @Override
    public void accept(Map<String, String> options) {
        try (RestCatalog catalog = RestCatalog.open(options)) {
            catalog.listDatabases();
            catalog.getTable(Identifier.create("db", "t"));
            try (Catalog view = catalog.catalogLoader().load()) {
                view.loadSnapshot(Identifier.create("db", "t"));
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
