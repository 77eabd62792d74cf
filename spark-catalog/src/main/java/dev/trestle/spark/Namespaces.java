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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Database;
import org.apache.paimon.catalog.PropertyChange;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.connector.catalog.NamespaceChange;
import org.apache.spark.sql.connector.catalog.SupportsNamespaces;

/** Databases as Spark's namespaces. Comment, location and owner are properties of these names on both sides. */
final class Namespaces {

    private final Catalog catalog;

    Namespaces(Catalog catalog) {
        this.catalog = catalog;
    }

    String[][] list() {
        return catalog.listDatabases().stream().map(name -> new String[] {name}).toArray(String[][]::new);
    }

    /** What is inside a namespace: nothing, since databases are not nested. */
    String[][] list(String[] namespace) throws Exception {
        if (namespace.length == 0) {
            return list();
        }
        properties(namespace);
        return new String[0][];
    }

    Map<String, String> properties(String[] namespace) throws Exception {
        String name = Names.database(namespace);
        if (name.equals(Catalog.SYSTEM_DATABASE_NAME)) {
            return Map.of(SupportsNamespaces.PROP_COMMENT, "System tables about the whole catalog");
        }
        Database database = catalog.getDatabase(name);
        Map<String, String> properties = new HashMap<>(database.options());
        properties.values().removeIf(value -> value == null);
        properties.keySet().removeAll(TableDescription.AUDIT);
        database.comment().ifPresent(comment -> properties.put(SupportsNamespaces.PROP_COMMENT, comment));
        return properties;
    }

    void create(String[] namespace, Map<String, String> properties) throws Exception {
        Map<String, String> stored = new HashMap<>(properties);
        // Spark puts the name of its own process's user there; who made it is the service's to say.
        stored.remove(SupportsNamespaces.PROP_OWNER);
        catalog.createDatabase(Names.database(namespace), false, stored);
    }

    void alter(String[] namespace, NamespaceChange... changes) throws Exception {
        List<PropertyChange> stored = new ArrayList<>();
        for (NamespaceChange change : changes) {
            if (change instanceof NamespaceChange.SetProperty set) {
                if (set.property().equals(SupportsNamespaces.PROP_LOCATION)) {
                    catalog.getDatabase(Names.database(namespace));
                    throw new UnsupportedOperationException("The location of database '" + Names.database(namespace)
                            + "' cannot be changed: its tables stay where they are. Create another database there.");
                }
                stored.add(PropertyChange.setProperty(set.property(), set.value()));
            } else if (change instanceof NamespaceChange.RemoveProperty remove) {
                stored.add(PropertyChange.removeProperty(remove.property()));
            } else {
                throw new UnsupportedOperationException("This change of a namespace is not known: " + change);
            }
        }
        catalog.alterDatabase(Names.database(namespace), stored, false);
    }

    /** False where there is none. */
    boolean drop(String[] namespace, boolean cascade)
            throws NoSuchNamespaceException, Catalog.DatabaseNotEmptyException {
        try {
            catalog.dropDatabase(Names.database(namespace), false, cascade);
            return true;
        } catch (Catalog.DatabaseNotExistException e) {
            return false;
        }
    }
}
