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
package dev.trestle.server.catalog;

import dev.trestle.server.files.ScopedKey;
import dev.trestle.server.store.DataTokenRow;
import dev.trestle.server.store.DataTokenRows;
import dev.trestle.server.store.Store;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.fs.Path;

/**
 * Credentials for the files of tables: keys that open one table's directory for a while. Clients that ask soon after each other
 * get the same key, also when the server was started anew between them. The store keeps the keys' ids, not their secrets.
 * Thread-safe.
 */
public final class DataTokens {

    /** A key is given out again while three quarters of its life are left. */
    private static final double SHARED_SHARE = 0.75;

    private final Store store;
    private final TableLocator locator;
    private final Optional<DataTokenSettings> settings;
    private final Clock clock;

    DataTokens(Store store, TableLocator locator, Optional<DataTokenSettings> settings, Clock clock) {
        this.store = store;
        this.locator = locator;
        this.settings = settings;
        this.clock = clock;
    }

    /** Options that open a table's files until a moment, in epoch milliseconds. */
    public record DataToken(Map<String, String> options, long expiresAtMillis) {

        /** The record's own would show the secrets. */
        @Override
        public String toString() {
            return "DataToken[" + options.keySet() + ", " + expiresAtMillis + "]";
        }
    }

    /** Vends a key for a table, or for the table of a branch. */
    public DataToken vend(Identifier identifier, String user) {
        DataTokenSettings how = settings.orElseThrow(() -> CatalogException.unsupported(
                "This server does not implement getTableToken: it was started without --data-token-life."));
        LocatedTable table = locator.locate(identifier);
        URI path = new Path(table.row().path()).toUri();
        if (path.getScheme() == null || path.getScheme().equals("file")) {
            throw CatalogException.invalid("Table " + table.fullName() + " is not in an object store: there is no"
                    + " credential for its files.");
        }
        String tableId = table.row().id();
        long now = clock.millis();
        DataTokenRow row = store.write(handle -> {
            DataTokenRows.removeExpired(handle, now);
            return DataTokenRows.newest(handle, tableId)
                    .filter(issued -> issued.expiresAt() - now >= how.life().toMillis() * SHARED_SHARE)
                    .orElseGet(() -> {
                        long end = now + how.life().toMillis();
                        ScopedKey key = ScopedKey.issue(
                                new ScopedKey.Scope(path.getAuthority() + path.getPath(), end), how.storeSecret());
                        DataTokenRow made = new DataTokenRow(key.accessKeyId(), tableId, end);
                        DataTokenRows.add(handle, made, now, user);
                        return made;
                    });
        });
        return new DataToken(how.optionsWith(ScopedKey.of(row.accessKeyId(), how.storeSecret())), row.expiresAt());
    }
}
