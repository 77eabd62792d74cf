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

import dev.trestle.catalog.queryauth.RewritingCatalog;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogFactory;
import org.apache.paimon.options.Options;

/** Makes the catalog known to Paimon as {@code metastore=trestle}: its procedures rebuild a catalog of its options. */
public final class RestCatalogFactory implements CatalogFactory {

    static final String IDENTIFIER = "trestle";

    @Override
    public String identifier() {
        return IDENTIFIER;
    }

    @Override
    public Catalog create(CatalogContext context) {
        Map<String, String> options = new HashMap<>(context.options().toMap());
        Optional<String> rewriting = RewritingCatalog.takeOperation(options);
        if (rewriting.isEmpty()) {
            return RestCatalog.open(context, EngineInfo.NONE);
        }
        CatalogContext plain = CatalogContext.create(
                Options.fromMap(options), context.hadoopConf(), context.preferIO(), context.fallbackIO());
        return new RewritingCatalog(RestCatalog.open(plain, EngineInfo.NONE), rewriting.get());
    }
}
