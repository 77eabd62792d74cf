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

import org.apache.paimon.catalog.Identifier;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;

/** Spark's names as the catalog's: namespaces are databases and have one level. */
final class Names {

    private Names() {}

    /** @throws NoSuchNamespaceException if the namespace has no or several levels, as no database has */
    static String database(String[] namespace) throws NoSuchNamespaceException {
        if (namespace.length != 1) {
            throw new NoSuchNamespaceException(namespace);
        }
        return namespace[0];
    }

    /** The identifier of a table, of a system table ({@code t$snapshots}) or of a branch ({@code t$branch_b}). */
    static Identifier table(org.apache.spark.sql.connector.catalog.Identifier name) throws NoSuchTableException {
        if (name.namespace().length != 1) {
            throw new NoSuchTableException(name);
        }
        return Identifier.create(name.namespace()[0], name.name());
    }

    /**
     * The new name of a table, which Spark gives as it is written: people write the catalog before it, as they do elsewhere.
     *
     * @param catalog the name of the catalog that has the table
     */
    static org.apache.spark.sql.connector.catalog.Identifier withoutCatalog(
            String catalog, org.apache.spark.sql.connector.catalog.Identifier name) {
        String[] levels = name.namespace();
        return levels.length == 2 && levels[0].equals(catalog)
                ? org.apache.spark.sql.connector.catalog.Identifier.of(new String[] {levels[1]}, name.name())
                : name;
    }

    /** As a statement has it, for messages. */
    static String text(org.apache.spark.sql.connector.catalog.Identifier name) {
        return String.join(".", name.namespace()) + "." + name.name();
    }
}
