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

import com.github.benmanes.caffeine.cache.Ticker;
import dev.trestle.catalog.api.RestApi;
import dev.trestle.catalog.storage.CatalogFiles;
import dev.trestle.catalog.storage.SentContext;
import dev.trestle.catalog.storage.VendedFiles;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.fs.Path;
import org.apache.paimon.options.MemorySize;
import org.apache.paimon.utils.SegmentsCache;

/**
 * What all views of one catalog in a process share: connections, token and metadata cache. Holds no thread of its own, and is
 * freed with its last user.
 *
 * @param context the merged options, and what the engine gave for reaching files
 * @param storage the same, with the values of secrets of file systems in the places of their references: for what opens files
 * @param sent the context, as it travels
 * @param manifests that were read, by their paths: such a file never changes, and its name is never given again
 * @param commits how many commits were sent from this process: a snapshot known from before the last one is not used
 */
record SharedClient(
        CatalogContext context,
        CatalogContext storage,
        SentContext sent,
        EngineInfo engine,
        CatalogSettings settings,
        Connection connection,
        RestApi api,
        CatalogFiles files,
        Optional<VendedFiles> vendedFiles,
        MetadataCache cache,
        Optional<SegmentsCache<Path>> manifests,
        OutcomeFinder outcomes,
        AtomicLong commits) {

    SharedClient {
        requireNonNull(context, "context is null");
        requireNonNull(storage, "storage is null");
        requireNonNull(sent, "sent is null");
        requireNonNull(engine, "engine is null");
        requireNonNull(settings, "settings is null");
        requireNonNull(connection, "connection is null");
        requireNonNull(api, "api is null");
        requireNonNull(files, "files is null");
        requireNonNull(vendedFiles, "vendedFiles is null");
        requireNonNull(cache, "cache is null");
        requireNonNull(manifests, "manifests is null");
        requireNonNull(outcomes, "outcomes is null");
        requireNonNull(commits, "commits is null");
    }

    static SharedClient of(
            CatalogContext context,
            StorageSecrets secrets,
            EngineInfo engine,
            CatalogSettings settings,
            Connection connection) {
        CatalogContext storage = secrets.into(context);
        RestApi api = settings.dialect().api(connection.transport());
        return new SharedClient(
                context,
                storage,
                SentContext.of(context),
                engine,
                settings,
                connection,
                api,
                new CatalogFiles(storage),
                api.dataTokens().map(tokens -> new VendedFiles(tokens, storage, Clock.systemUTC())),
                new MetadataCache(
                        settings.cacheExpireAfter(),
                        settings.cacheMaxSize(),
                        Ticker.systemTicker(),
                        connection.metrics()::lookedUp),
                manifests(settings.manifests()),
                new OutcomeFinder(
                        settings.http().deadline(), System::nanoTime, duration -> Thread.sleep(duration.toMillis())),
                new AtomicLong());
    }

    private static Optional<SegmentsCache<Path>> manifests(CatalogSettings.ManifestMemory memory) {
        return memory.bytes() == 0
                ? Optional.empty()
                : Optional.of(SegmentsCache.create(MemorySize.ofBytes(memory.bytes()), memory.largest()));
    }

    CatalogMetrics metrics() {
        return connection.metrics();
    }

    @Override
    public String toString() {
        return "SharedClient[" + settings.http() + "]";
    }
}
