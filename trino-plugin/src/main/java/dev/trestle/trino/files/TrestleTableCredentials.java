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
package dev.trestle.trino.files;

import dev.trestle.catalog.api.DataTokenApi.DataToken;
import io.trino.spi.connector.ConnectorTableCredentials;
import java.util.Map;

/**
 * A credential that the service has vended for a table's files, on its way to a worker. {@code toString} names the keys only.
 *
 * @param options in Paimon's terms
 * @param expiresAtMillis epoch milliseconds
 */
public record TrestleTableCredentials(Map<String, String> options, long expiresAtMillis)
        implements ConnectorTableCredentials {

    public TrestleTableCredentials {
        options = Map.copyOf(options);
    }

    /** The credential as it travels. */
    public static TrestleTableCredentials of(DataToken token) {
        return new TrestleTableCredentials(token.options(), token.expiresAtMillis());
    }

    /** The credential as it is used. */
    public DataToken toToken() {
        return new DataToken(options, expiresAtMillis);
    }

    @Override
    public String toString() {
        return "TrestleTableCredentials" + options.keySet();
    }
}
