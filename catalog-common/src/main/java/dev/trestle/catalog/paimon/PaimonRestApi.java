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
package dev.trestle.catalog.paimon;

import static java.util.Objects.requireNonNull;

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
import dev.trestle.catalog.http.HttpAnswer;
import dev.trestle.catalog.http.HttpCall;
import dev.trestle.catalog.http.HttpTransport;
import dev.trestle.catalog.paimon.PaimonClient.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Apache Paimon REST catalog API, after its OpenAPI document (version 1.0 of the API, as of Paimon 1.4). Safe for use by
 * many threads; opens nothing and closes nothing of its own.
 */
public final class PaimonRestApi implements RestApi {

    private final PaimonDatabases databases;
    private final PaimonTables tables;
    private final PaimonPartitions partitions;
    private final PaimonSnapshots snapshots;
    private final PaimonBranches branches;
    private final PaimonTags tags;
    private final PaimonConsumers consumers;
    private final PaimonViews views;
    private final PaimonFunctions functions;
    private final PaimonQueryAuth queryAuth;
    private final PaimonDataTokens dataTokens;

    /** @param prefix the path segment after {@code /v1}, as {@link #config} or the user gave it */
    public PaimonRestApi(HttpTransport transport, Optional<String> prefix) {
        PaimonClient client = new PaimonClient(transport, prefix);
        this.databases = new PaimonDatabases(client);
        this.tables = new PaimonTables(client);
        this.partitions = new PaimonPartitions(client);
        this.snapshots = new PaimonSnapshots(client);
        this.branches = new PaimonBranches(client);
        this.tags = new PaimonTags(client);
        this.consumers = new PaimonConsumers(client);
        this.views = new PaimonViews(client);
        this.functions = new PaimonFunctions(client);
        this.queryAuth = new PaimonQueryAuth(client);
        this.dataTokens = new PaimonDataTokens(client);
    }

    private record ConfigAnswer(Map<String, String> defaults, Map<String, String> overrides) {}

    /** Asks the service for its configuration: one call, and the only one that has no prefix. */
    public static Config config(HttpTransport transport, Optional<String> warehouse) {
        requireNonNull(transport, "transport is null");
        Task task = new Task(
                "getConfiguration",
                warehouse.map(w -> "for warehouse '" + w + "'").orElse("of the service"));
        HttpAnswer answer = PaimonClient.send(
                transport,
                new HttpCall(
                        task.operation(),
                        task.object(),
                        HttpCall.Method.GET,
                        List.of("v1", "config"),
                        warehouse.map(w -> Map.of("warehouse", w)).orElse(Map.of()),
                        Optional.empty(),
                        HttpCall.Repeat.READ));
        ConfigAnswer config = PaimonClient.read(task, answer, ConfigAnswer.class);
        return new Config(withoutNulls(config.defaults), withoutNulls(config.overrides));
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
        return Optional.of(snapshots);
    }

    @Override
    public Optional<BranchApi> branches() {
        return Optional.of(branches);
    }

    @Override
    public Optional<TagApi> tags() {
        return Optional.of(tags);
    }

    @Override
    public Optional<ConsumerApi> consumers() {
        return Optional.of(consumers);
    }

    @Override
    public Optional<ViewApi> views() {
        return Optional.of(views);
    }

    @Override
    public Optional<FunctionApi> functions() {
        return Optional.of(functions);
    }

    @Override
    public Optional<QueryAuthApi> queryAuth() {
        return Optional.of(queryAuth);
    }

    @Override
    public Optional<DataTokenApi> dataTokens() {
        return Optional.of(dataTokens);
    }

    private static Map<String, String> withoutNulls(Map<String, String> options) {
        Map<String, String> result = new HashMap<>();
        if (options != null) {
            options.forEach((key, value) -> {
                if (value != null) {
                    result.put(key, value);
                }
            });
        }
        return result;
    }
}
