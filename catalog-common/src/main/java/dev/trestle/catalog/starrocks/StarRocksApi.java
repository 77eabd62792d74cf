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

import dev.trestle.catalog.api.BranchApi;
import dev.trestle.catalog.api.ConsumerApi;
import dev.trestle.catalog.api.DataTokenApi;
import dev.trestle.catalog.api.DatabaseApi;
import dev.trestle.catalog.api.FunctionApi;
import dev.trestle.catalog.api.PartitionApi;
import dev.trestle.catalog.api.QueryAuthApi;
import dev.trestle.catalog.api.RestApi;
import dev.trestle.catalog.api.SnapshotApi;
import dev.trestle.catalog.api.TableApi;
import dev.trestle.catalog.api.TagApi;
import dev.trestle.catalog.api.ViewApi;
import dev.trestle.catalog.http.HttpTransport;
import java.util.Optional;

/**
 * A catalog of a service that follows the StarRocks RESTful API standard (3.5). It has databases, tables, columns and
 * partitions, and nothing for what the standard has no resource for. Safe for use by many threads; opens nothing and closes
 * nothing of its own.
 */
public final class StarRocksApi implements RestApi {

    /** The header that carries the id of a request: the standard's own headers begin with {@code x-starrocks-}. */
    public static final String REQUEST_ID = "x-starrocks-request-id";

    private final StarRocksCatalogs catalogs;
    private final StarRocksDatabases databases;
    private final StarRocksTables tables;
    private final StarRocksColumns columns;
    private final StarRocksPartitions partitions;

    public StarRocksApi(HttpTransport transport, StarRocksSettings settings) {
        this(transport, settings, Waiting.REAL);
    }

    StarRocksApi(HttpTransport transport, StarRocksSettings settings, Waiting waiting) {
        StarRocksClient client = new StarRocksClient(transport, settings, waiting);
        this.catalogs = new StarRocksCatalogs(client);
        this.databases = new StarRocksDatabases(client);
        this.columns = new StarRocksColumns(client);
        this.tables = new StarRocksTables(client, databases, columns);
        this.partitions = new StarRocksPartitions(client);
    }

    /** The service's catalogs. */
    public StarRocksCatalogs catalogs() {
        return catalogs;
    }

    /** The columns of a table. */
    public StarRocksColumns columns() {
        return columns;
    }

    @Override
    public DatabaseApi databases() {
        return databases;
    }

    @Override
    public TableApi tables() {
        return tables;
    }

    @Override
    public PartitionApi partitions() {
        return partitions;
    }

    @Override
    public Optional<SnapshotApi> snapshots() {
        return Optional.empty();
    }

    @Override
    public Optional<BranchApi> branches() {
        return Optional.empty();
    }

    @Override
    public Optional<TagApi> tags() {
        return Optional.empty();
    }

    @Override
    public Optional<ConsumerApi> consumers() {
        return Optional.empty();
    }

    @Override
    public Optional<ViewApi> views() {
        return Optional.empty();
    }

    @Override
    public Optional<FunctionApi> functions() {
        return Optional.empty();
    }

    @Override
    public Optional<QueryAuthApi> queryAuth() {
        return Optional.empty();
    }

    @Override
    public Optional<DataTokenApi> dataTokens() {
        return Optional.empty();
    }
}
