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

import java.util.HashMap;
import java.util.Map;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogFactory;
import org.apache.paimon.options.Options;

/** Paimon's own REST client. */
final class PaimonClient {

    private PaimonClient() {}

    static Catalog connect(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.put("metastore", "rest");
        return CatalogFactory.createCatalog(CatalogContext.create(Options.fromMap(all)));
    }

    /** Without Paimon's cache, which does not hand on what it does not know, such as pages of functions. */
    static Catalog connectUncached(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.put("cache-enabled", "false");
        return connect(all);
    }
}
