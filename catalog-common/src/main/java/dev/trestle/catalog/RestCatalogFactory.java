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
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogFactory;

/**
 * Makes the catalog known to Paimon as {@code metastore=trestle}: its procedures rebuild a catalog of its options. They
 * copy files and store what they read, so tables of which the service hides something are not opened for them; programs
 * that read use {@link RestCatalog#open}.
 */
public final class RestCatalogFactory implements CatalogFactory {

    static final String IDENTIFIER = "trestle";

    @Override
    public String identifier() {
        return IDENTIFIER;
    }

    @Override
    public Catalog create(CatalogContext context) {
        return new RewritingCatalog(
                RestCatalog.open(context, EngineInfo.NONE),
                "A procedure, or a program that uses 'metastore'='trestle',");
    }
}
