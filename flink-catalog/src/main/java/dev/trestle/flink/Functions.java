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
package dev.trestle.flink;

import java.util.List;
import org.apache.flink.table.catalog.CatalogFunction;
import org.apache.flink.table.catalog.CatalogFunctionImpl;
import org.apache.flink.table.catalog.FunctionLanguage;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.FunctionNotExistException;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.flink.function.BuiltInFunctions;

/**
 * Functions: for now those that Paimon brings, in the database {@code sys}. No call is sent: the planner asks for a
 * function for every column name that a statement uses.
 */
final class Functions {

    private final String catalogName;

    Functions(String catalogName) {
        this.catalogName = catalogName;
    }

    List<String> list(String database) {
        return database.equals(Catalog.SYSTEM_DATABASE_NAME)
                ? List.copyOf(BuiltInFunctions.FUNCTIONS.keySet())
                : List.of();
    }

    CatalogFunction get(ObjectPath path) throws FunctionNotExistException {
        if (!exists(path)) {
            throw new FunctionNotExistException(catalogName, path);
        }
        return new CatalogFunctionImpl(BuiltInFunctions.FUNCTIONS.get(path.getObjectName()), FunctionLanguage.JAVA);
    }

    boolean exists(ObjectPath path) {
        return path.getDatabaseName().equals(Catalog.SYSTEM_DATABASE_NAME)
                && BuiltInFunctions.FUNCTIONS.containsKey(path.getObjectName());
    }
}
