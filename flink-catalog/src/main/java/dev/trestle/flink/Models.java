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

import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.ModelNotExistException;

/** Models: none, since Paimon's catalog interface, and so the REST API, has no place for them. */
record Models(String catalogName) {

    UnsupportedOperationException cannotHold(ObjectPath path) {
        return new UnsupportedOperationException("Model " + path
                + " cannot be stored: a Paimon catalog holds no models. Use CREATE TEMPORARY MODEL, or create the model in"
                + " Flink's own catalog.");
    }

    /** What changing, renaming or dropping a model comes to. */
    void missing(ObjectPath path, boolean ignoreIfNotExists) throws ModelNotExistException {
        if (!ignoreIfNotExists) {
            throw new ModelNotExistException(catalogName, path);
        }
    }
}
