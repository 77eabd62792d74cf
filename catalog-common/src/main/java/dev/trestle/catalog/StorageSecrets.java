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

import dev.trestle.catalog.auth.AuthenticationException;
import dev.trestle.catalog.auth.Secret;
import java.util.HashMap;
import java.util.Map;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.options.Options;

/**
 * Resolves the references in the options of file systems, which take values only. It happens where files are opened, when the
 * catalog is: a file system keeps the values for as long as it lives, and takes them along where a table is sent.
 */
final class StorageSecrets {

    private StorageSecrets() {}

    /** @throws AuthenticationException if a reference cannot be resolved; the message names the option */
    static CatalogContext resolve(CatalogContext context) {
        Map<String, String> options = new HashMap<>(context.options().toMap());
        if (options.values().stream().noneMatch(CatalogOptions::hasReference)) {
            return context;
        }
        options.replaceAll((key, value) -> CatalogOptions.isOfStorage(key) && CatalogOptions.hasReference(value)
                ? Secret.ofText(key, value).reveal()
                : value);
        return CatalogContext.create(
                Options.fromMap(options), context.hadoopConf(), context.preferIO(), context.fallbackIO());
    }
}
