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

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.auth.AuthenticationException;
import dev.trestle.catalog.auth.Secret;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.options.Options;

/**
 * What the references in the options of file systems stand for, which take values only. They are read when the catalog is
 * opened: a file system keeps the values for as long as it lives, and takes them along where a table is sent.
 */
final class StorageSecrets {

    private final SortedMap<String, String> values;

    private StorageSecrets(SortedMap<String, String> values) {
        this.values = requireNonNull(values, "values is null");
    }

    /**
     * Reads variables and files.
     *
     * @throws AuthenticationException if a reference cannot be resolved; the message names the option
     */
    static StorageSecrets read(Map<String, String> options) {
        SortedMap<String, String> values = new TreeMap<>();
        options.forEach((key, value) -> {
            if (CatalogOptions.isOfStorage(key) && CatalogOptions.hasReference(value)) {
                values.put(key, Secret.ofText(key, value).reveal());
            }
        });
        return new StorageSecrets(values);
    }

    /** The context with the values in the places of their references. */
    CatalogContext into(CatalogContext context) {
        if (values.isEmpty()) {
            return context;
        }
        Map<String, String> options = new HashMap<>(context.options().toMap());
        options.putAll(values);
        return CatalogContext.create(
                Options.fromMap(options), context.hadoopConf(), context.preferIO(), context.fallbackIO());
    }

    /** What tells these values from others, without holding them; empty where there are none. */
    String digest() {
        if (values.isEmpty()) {
            return "";
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            values.forEach((key, value) -> digest.update((key + '\0' + value + '\0').getBytes(UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "StorageSecrets" + values.keySet();
    }
}
