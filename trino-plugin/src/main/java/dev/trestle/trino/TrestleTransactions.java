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
package dev.trestle.trino;

import static java.util.Objects.requireNonNull;

import com.google.inject.Inject;
import dev.trestle.trino.view.StoredView;
import io.trino.spi.catalog.CatalogName;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.type.TypeManager;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The metadata of each transaction that is under way: what it has loaded is its own. Safe for use by many threads. */
public final class TrestleTransactions {

    private final SessionCatalogs catalogs;
    private final StoredView viewFormat;
    private final Map<ConnectorTransactionHandle, TrestleMetadata> open = new ConcurrentHashMap<>();

    @Inject
    TrestleTransactions(SessionCatalogs catalogs, CatalogName catalog, TypeManager types) {
        this.catalogs = requireNonNull(catalogs, "catalogs is null");
        this.viewFormat = new StoredView(catalog, types);
    }

    ConnectorTransactionHandle begin() {
        TrestleTransactionHandle transaction = TrestleTransactionHandle.begin();
        open.put(transaction, TrestleMetadata.create(catalogs.ofTransaction(), viewFormat));
        return transaction;
    }

    /** @throws IllegalStateException if the transaction has ended */
    TrestleMetadata metadata(ConnectorTransactionHandle transaction) {
        TrestleMetadata metadata = open.get(transaction);
        if (metadata == null) {
            throw new IllegalStateException("Transaction " + transaction + " has ended");
        }
        return metadata;
    }

    /**
     * The tables that a transaction reads.
     *
     * @throws IllegalStateException if the transaction has ended
     */
    public PlannedTables tables(ConnectorTransactionHandle transaction) {
        return metadata(transaction).plannedTables();
    }

    void commit(ConnectorTransactionHandle transaction) {
        open.remove(transaction);
    }

    void rollback(ConnectorTransactionHandle transaction) {
        TrestleMetadata metadata = open.remove(transaction);
        if (metadata != null) {
            metadata.rollback();
        }
    }
}
