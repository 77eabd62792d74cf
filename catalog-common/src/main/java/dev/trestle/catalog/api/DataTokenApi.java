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
package dev.trestle.catalog.api;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.apache.paimon.catalog.Identifier;

/** Credentials for the files of a table: see {@link RestApi} for errors. */
public interface DataTokenApi {

    /**
     * File system options that open the files of one table, for a while. {@code toString} names the keys only.
     *
     * @param expiresAtMillis epoch milliseconds
     */
    record DataToken(Map<String, String> options, long expiresAtMillis) {

        public DataToken {
            options = Map.copyOf(requireNonNull(options, "options is null"));
        }

        @Override
        public String toString() {
            return "DataToken" + options.keySet();
        }
    }

    /** Vends a token. */
    DataToken vend(Identifier identifier);
}
