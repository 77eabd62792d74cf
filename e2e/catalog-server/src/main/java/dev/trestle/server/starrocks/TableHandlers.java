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
package dev.trestle.server.starrocks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.server.catalog.CatalogException;
import dev.trestle.server.catalog.CatalogException.Resource;
import dev.trestle.server.catalog.CatalogService;
import dev.trestle.server.catalog.TableInfo;
import dev.trestle.server.http.Answer;
import dev.trestle.server.http.HttpException;
import dev.trestle.server.http.RouteHandler.RoutedCall;
import dev.trestle.server.store.NameFilter;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.partition.Partition;

/** Tables over HTTP, with their columns and partitions. */
final class TableHandlers {

    private final CatalogService catalog;
    private final Uris uris;

    TableHandlers(CatalogService catalog, Uris uris) {
        this.catalog = catalog;
        this.uris = uris;
    }

    private static Identifier identifier(RoutedCall call) {
        return new Identifier(call.variable("database"), call.variable("table"));
    }

    Answer list(RoutedCall call) {
        return Listing.page(
                call, Listing.all(page -> catalog.tables().listRows(call.variable("database"), page)), TableJson::item);
    }

    Answer get(RoutedCall call) {
        return StarRocksJson.answer(200, TableJson.write(catalog.tables().get(identifier(call))));
    }

    Answer create(RoutedCall call) {
        JsonNode body = StarRocksJson.body(call);
        String database = call.variable("database");
        String name = StarRocksJson.required(body, "name");
        catalog.tableCreation().create(Identifier.create(database, name), TableJson.read(body), call.user());
        return StarRocksJson.answer(201, uris.table(database, name));
    }

    Answer createIfAbsent(RoutedCall call) {
        return Existing.orElse(
                () -> create(call),
                uris.table(call.variable("database"), StarRocksJson.required(StarRocksJson.body(call), "name")));
    }

    Answer alter(RoutedCall call) {
        catalog.tables().alter(identifier(call), TableChanges.read(StarRocksJson.body(call)), call.user());
        return get(call);
    }

    Answer rename(RoutedCall call) {
        JsonNode body = StarRocksJson.body(call);
        String database = StarRocksJson.text(body, "newDatabase").orElse(call.variable("database"));
        String name = StarRocksJson.required(body, "newName");
        catalog.tables().rename(identifier(call), Identifier.create(database, name), call.user());
        return StarRocksJson.answer(200, uris.table(database, name));
    }

    /** As DROP TABLE IF EXISTS. */
    Answer drop(RoutedCall call) {
        try {
            catalog.tables().drop(identifier(call));
        } catch (CatalogException e) {
            boolean gone = e.kind() == CatalogException.Kind.NOT_FOUND
                    && e.subject()
                            .filter(subject -> subject.resource() == Resource.TABLE)
                            .isPresent();
            if (!gone) {
                throw e;
            }
        }
        return StarRocksJson.answer(200, StarRocksJson.object());
    }

    Answer listColumns(RoutedCall call) {
        TableInfo table = catalog.tables().get(identifier(call));
        return Listing.page(call, table.schema().fields(), field -> TableJson.column(table.schema(), field));
    }

    Answer getColumn(RoutedCall call) {
        TableInfo table = catalog.tables().get(identifier(call));
        String name = call.variable("column");
        return table.schema().fields().stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .map(field -> StarRocksJson.answer(200, TableJson.column(table.schema(), field)))
                .orElseThrow(() -> new HttpException(404, "Unknown column '" + name + "'"));
    }

    Answer listPartitions(RoutedCall call) {
        return Listing.page(
                call,
                Listing.all(page -> catalog.partitions().list(identifier(call), new NameFilter.Any(), page)),
                TableHandlers::partition);
    }

    private static JsonNode partition(Partition partition) {
        ObjectNode json = StarRocksJson.object();
        partition.spec().forEach(json.putObject("spec")::put);
        return json.put("recordCount", partition.recordCount())
                .put("fileSizeInBytes", partition.fileSizeInBytes())
                .put("fileCount", partition.fileCount())
                .put("lastFileCreationTime", partition.lastFileCreationTime())
                .put("totalBuckets", partition.totalBuckets())
                .put("done", partition.done());
    }
}
