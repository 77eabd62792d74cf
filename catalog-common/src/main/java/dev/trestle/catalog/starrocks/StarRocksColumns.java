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

import dev.trestle.catalog.api.NoSuchResourceException;
import java.util.List;
import java.util.Map;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.types.DataField;

/** {@code …/tables/{table}/columns} of the dialect. */
public final class StarRocksColumns {

    private final StarRocksClient client;

    StarRocksColumns(StarRocksClient client) {
        this.client = client;
    }

    /** The columns of a table, in order. */
    public List<DataField> list(Identifier table) {
        return ColumnJson.readAll(
                new PagedListing(client, Operation.onTable("listColumnsOf", table), path(table)).all());
    }

    /** @throws NoSuchResourceException if the table or the column is not there */
    public DataField get(Identifier table, String column) {
        return ColumnJson.read(
                client.get(
                        new Operation("getColumn", "'" + column + "' of table '" + table.getFullName() + "'"),
                        StarRocksSettings.below(path(table), column),
                        Map.of()),
                0);
    }

    private List<String> path(Identifier table) {
        return StarRocksSettings.below(StarRocksTables.path(client.settings(), table), "columns");
    }
}
