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
package dev.trestle.catalog;

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.api.DataTokenApi.DataToken;
import dev.trestle.catalog.api.TableInfo;
import dev.trestle.catalog.storage.VendedFiles;
import java.io.IOException;
import java.util.Optional;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.fs.Path;

/**
 * The credentials for the files of tables, for an engine that has a safe way of its own to hand them to the processes of a
 * query: those then need not ask the service before the first ones end.
 */
public final class VendedTokens {

    private final SharedClient client;

    VendedTokens(SharedClient client) {
        this.client = requireNonNull(client, "client is null");
    }

    /**
     * The credential to read a table's files with now; may ask the service. Empty where it vends none for the table.
     *
     * @throws dev.trestle.catalog.storage.TableCredentialsException if none can be had
     */
    public Optional<DataToken> get(Identifier identifier, TableInfo table) throws IOException {
        Optional<VendedFiles> vended = vendedFiles(table);
        return vended.isPresent()
                ? Optional.of(vended.get().token(TableOpener.dataTable(identifier), new Path(table.path())))
                : Optional.empty();
    }

    /** Uses a credential that {@link #get} gave elsewhere, where there is no good one here. */
    public void adopt(Identifier identifier, TableInfo table, DataToken token) throws IOException {
        Optional<VendedFiles> vended = vendedFiles(table);
        if (vended.isPresent()) {
            vended.get().adopt(TableOpener.dataTable(identifier), new Path(table.path()), token);
        }
    }

    /** Of a table that the catalog owns. */
    private Optional<VendedFiles> vendedFiles(TableInfo table) {
        return client.settings().dataTokens() && !table.external() ? client.vendedFiles() : Optional.empty();
    }
}
