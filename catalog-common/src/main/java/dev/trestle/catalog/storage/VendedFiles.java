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
package dev.trestle.catalog.storage;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.trestle.catalog.api.DataTokenApi;
import dev.trestle.catalog.api.DataTokenApi.DataToken;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.Path;
import org.apache.paimon.options.Options;

/**
 * The file systems of tables whose credentials the service vends, one a table. What is not used for an hour is closed.
 * Safe for use by many threads.
 */
public final class VendedFiles implements AutoCloseable {

    private static final int MOST_TABLES = 1_000;
    private static final Duration KEPT_UNUSED = Duration.ofHours(1);

    private final DataTokenApi tokens;
    private final CatalogContext context;
    private final Clock clock;
    private final Cache<Place, TableFiles> tables;

    /** @param context the catalog's options, under which a token's lie */
    public VendedFiles(DataTokenApi tokens, CatalogContext context, Clock clock) {
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.context = requireNonNull(context, "context is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.tables = Caffeine.newBuilder()
                .maximumSize(MOST_TABLES)
                .expireAfterAccess(KEPT_UNUSED)
                .<Place, TableFiles>removalListener((place, files, cause) -> {
                    if (files != null) {
                        files.retire();
                    }
                })
                .executor(Runnable::run)
                .build();
    }

    /** A table that was dropped and made again has another path, and another credential. */
    private record Place(Identifier identifier, String path) {}

    /**
     * The file system for a table's files now, to be released.
     *
     * @param path the table's own
     * @throws TableCredentialsException if no credential can be had, and none is still good
     */
    public LeasedFiles acquire(Identifier identifier, Path path) throws IOException {
        return table(identifier, path).acquire();
    }

    /** A token for a table's files, of which a good part is left: the one in use, or a new one. */
    public DataToken token(Identifier identifier, Path path) throws IOException {
        return table(identifier, path).token();
    }

    /** Uses a token that was vended to another process of the same job, unless there is a good one already. */
    public void adopt(Identifier identifier, Path path, DataToken token) throws IOException {
        table(identifier, path).adopt(token);
    }

    private TableFiles table(Identifier identifier, Path path) {
        return tables.get(
                new Place(identifier, path.toString()),
                place -> new TableFiles(
                        identifier.getFullName(), () -> tokens.vend(identifier), token -> open(path, token), clock));
    }

    private FileIO open(Path path, DataToken token) throws IOException {
        Map<String, String> vended = new HashMap<>(token.options());
        String endpoint = context.options().get("dlf.oss-endpoint");
        if (endpoint != null && !endpoint.isBlank()) {
            vended.put("fs.oss.endpoint", endpoint);
        }
        Map<String, String> options = StorageKeys.merge(context.options().toMap(), vended);
        options.put("file-io.allow-cache", "false");
        options.put("resolving-file-io.enabled", "false");
        CatalogContext withToken =
                CatalogContext.create(Options.fromMap(options), context.hadoopConf(), context.preferIO(), null);
        if (context.preferIO() != null) {
            return CatalogFiles.engines(withToken, path);
        }
        String scheme = path.toUri().getScheme();
        if (scheme == null || FileIO.discoverLoaders().containsKey(scheme)) {
            S3Plugin.makeReady();
            return FileIO.get(path, withToken);
        }
        return HadoopFiles.open(path, context, options);
    }

    /** Closes the file systems that are not in use, and each other one when its last user releases it. */
    @Override
    public void close() {
        tables.invalidateAll();
    }
}
