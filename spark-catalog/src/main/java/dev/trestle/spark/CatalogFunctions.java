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

import dev.trestle.spark.function.StoredFunctions;
import dev.trestle.spark.write.BucketFunction;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;

/**
 * Functions that Spark asks the catalog for: those that the service keeps, and {@code bucket}, which has no namespace, since
 * Spark itself asks for it so.
 */
record CatalogFunctions(StoredFunctions stored) {

    Identifier[] list(String[] namespace) throws Exception {
        if (namespace.length == 0) {
            return new Identifier[] {Identifier.of(namespace, BucketFunction.NAME)};
        }
        return stored.list(Names.database(namespace)).stream()
                .map(name -> Identifier.of(namespace, name))
                .toArray(Identifier[]::new);
    }

    UnboundFunction load(Identifier name) throws NoSuchFunctionException {
        if (name.namespace().length == 0 && name.name().equals(BucketFunction.NAME)) {
            return new BucketFunction();
        }
        if (name.namespace().length != 1) {
            throw new NoSuchFunctionException(name);
        }
        return stored.find(org.apache.paimon.catalog.Identifier.create(name.namespace()[0], name.name()))
                .orElseThrow(() -> new NoSuchFunctionException(name));
    }
}
