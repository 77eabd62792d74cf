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
package dev.trestle.catalog.starrocks;

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.http.HttpCall;
import org.apache.paimon.catalog.Identifier;

/**
 * What a call does, to which object: for messages, logs and metrics.
 *
 * @param name such as {@code createTable}
 * @param object as it follows the name in a sentence
 */
record Operation(String name, String object) {

    Operation {
        requireNonNull(name, "name is null");
        requireNonNull(object, "object is null");
    }

    static Operation onDatabase(String name, String database) {
        return new Operation(name, "'" + database + "'");
    }

    static Operation onTable(String name, Identifier table) {
        return new Operation(name, "'" + table.getFullName() + "'");
    }

    String inWords() {
        return HttpCall.inWords(name, object);
    }
}
