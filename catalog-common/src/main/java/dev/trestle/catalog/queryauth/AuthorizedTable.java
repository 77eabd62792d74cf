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
package dev.trestle.catalog.queryauth;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.FileStore;
import org.apache.paimon.KeyValueFileStore;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.manifest.ManifestEntry;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.stats.Statistics;
import org.apache.paimon.table.CatalogEnvironment;
import org.apache.paimon.table.DelegatedFileStoreTable;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.query.LocalTableQuery;
import org.apache.paimon.table.source.DataTableScan;
import org.apache.paimon.table.source.FullTextSearchBuilder;
import org.apache.paimon.table.source.InnerTableRead;
import org.apache.paimon.table.source.StreamDataTableScan;
import org.apache.paimon.table.source.VectorSearchBuilder;
import org.apache.paimon.types.RowType;
import org.apache.paimon.utils.SimpleFileReader;

/**
 * A table whose reads ask the service what may be read of it, and are cut to that. Writing is as ever. An engine that
 * reads it itself takes its splits from {@link #newScan} or {@link #newStreamScan}, hands each to {@link #newRead}, and
 * asks {@link #maskedColumns} before it takes a part of a predicate for done.
 */
public final class AuthorizedTable extends DelegatedFileStoreTable {

    private static final long serialVersionUID = 1L;

    private static final String ENABLED = CoreOptions.QUERY_AUTH_ENABLED.key();

    private final QueryAuth auth;
    private final TableSchema schema;

    private AuthorizedTable(FileStoreTable unrestricted, QueryAuth auth) {
        super(unrestricted);
        this.auth = requireNonNull(auth, "auth is null");
        Map<String, String> options = new HashMap<>(unrestricted.options());
        options.put(ENABLED, "true");
        this.schema = unrestricted.schema().copy(options);
    }

    /** The table with permissions applied; it is read past {@code auth} nowhere. */
    public static AuthorizedTable of(FileStoreTable table, QueryAuth auth) {
        return new AuthorizedTable(table.copyWithoutTimeTravel(off(Map.of())), auth);
    }

    /**
     * The columns whose values the service masks now: a predicate on them tells nothing before it is tested on what
     * {@link #newRead} gives.
     */
    public Set<String> maskedColumns() {
        return permission() instanceof ReadPermission.Restricted restricted
                ? new Rules(restricted, auth, rowType()).masked()
                : Set.of();
    }

    /** What the service lets a query read of all columns, asked now. */
    public ReadPermission permission() {
        return auth.permission(Optional.empty());
    }

    /**
     * Refuses to change rows by what is read of them: masked values would be stored for good, and hidden rows be lost.
     *
     * @param operation such as {@code UPDATE}
     * @throws QueryAuthException if the service restricts what may be read
     */
    public void requireEverythingReadable(String operation) {
        if (permission() instanceof ReadPermission.Restricted) {
            throw new QueryAuthException(
                    operation + " of table '" + auth.table() + "' is not possible: it stores what it"
                            + " reads, and the service hides rows or masks columns of this table. Run it as a user who may read"
                            + " all of it.");
        }
    }

    /** @throws QueryAuthException if the partitions would tell of hidden rows or masked values */
    public void requirePartitionsShown() {
        if (permission() instanceof ReadPermission.Restricted restricted) {
            AuthorizedScan.requirePartitionsShown(new Rules(restricted, auth, rowType()), partitionKeys());
        }
    }

    /** The same table for writing, where what was written before has to be read as it is. Never for giving out rows. */
    public FileStoreTable forWriting() {
        return wrapped;
    }

    @Override
    public DataTableScan newScan() {
        requireOneBranch();
        return new AuthorizedScan(wrapped.newScan(), auth, rowType(), partitionKeys());
    }

    @Override
    public StreamDataTableScan newStreamScan() {
        requireOneBranch();
        return new AuthorizedStreamScan(wrapped.newStreamScan(), auth, rowType(), partitionKeys());
    }

    @Override
    public InnerTableRead newRead() {
        requireOneBranch();
        RowType columns = rowType();
        return new AuthorizedRead(wrapped::newRead, auth, columns);
    }

    private void requireOneBranch() {
        if (wrapped instanceof DelegatedFileStoreTable) {
            throw refused("reading it together with another branch ('scan.fallback-branch' and its like)");
        }
    }

    /** None: they tell the least and greatest values of masked columns, and count hidden rows. */
    @Override
    public Optional<Statistics> statistics() {
        return Optional.empty();
    }

    @Override
    public LocalTableQuery newLocalTableQuery() {
        throw refused("looking up keys in its files");
    }

    @Override
    public VectorSearchBuilder newVectorSearchBuilder() {
        throw refused("searching its vectors");
    }

    @Override
    public FullTextSearchBuilder newFullTextSearchBuilder() {
        throw refused("searching its texts");
    }

    @Override
    public SimpleFileReader<ManifestEntry> manifestFileReader() {
        throw refused("reading its manifests, which tell the least and greatest values,");
    }

    /** The store for compaction and maintenance; none whose files could be read as they are by keys. */
    @Override
    public FileStore<?> store() {
        FileStore<?> store = wrapped.store();
        return store instanceof KeyValueFileStore keyed ? new UnreadableStore<>(keyed, auth.table()) : store;
    }

    private QueryAuthException refused(String what) {
        return new QueryAuthException(
                "Table '" + auth.table() + "': " + what + " is not possible, because the service may"
                        + " restrict what is read of it ('" + ENABLED + "' is set).");
    }

    @Override
    public CatalogEnvironment catalogEnvironment() {
        return new AuthorizedEnvironment(wrapped.catalogEnvironment(), auth);
    }

    @Override
    public TableSchema schema() {
        return schema;
    }

    @Override
    public CoreOptions coreOptions() {
        return new CoreOptions(schema.options());
    }

    @Override
    public FileStoreTable copy(Map<String, String> dynamicOptions) {
        requireSameBranch(dynamicOptions);
        return new AuthorizedTable(wrapped.copy(off(dynamicOptions)), auth);
    }

    @Override
    public FileStoreTable copyWithoutTimeTravel(Map<String, String> dynamicOptions) {
        requireSameBranch(dynamicOptions);
        return new AuthorizedTable(wrapped.copyWithoutTimeTravel(off(dynamicOptions)), auth);
    }

    @Override
    public FileStoreTable copy(TableSchema newSchema) {
        return new AuthorizedTable(wrapped.copy(newSchema.copy(off(newSchema.options()))), auth);
    }

    @Override
    public FileStoreTable copyWithLatestSchema() {
        return new AuthorizedTable(wrapped.copyWithLatestSchema(), auth);
    }

    @Override
    public FileStoreTable switchToBranch(String branch) {
        Identifier table = auth.identifier();
        return of(
                wrapped.switchToBranch(branch),
                auth.of(new Identifier(table.getDatabaseName(), table.getTableName(), branch)));
    }

    /** Permission is asked for one branch, so the files of no other one may be read with it. */
    private void requireSameBranch(Map<String, String> dynamicOptions) {
        String branch = CoreOptions.BRANCH.key();
        if (dynamicOptions.containsKey(branch)
                && !CoreOptions.branch(wrapped.options()).equals(dynamicOptions.get(branch))) {
            throw new QueryAuthException(
                    "'" + branch + "' of table '" + auth.table() + "' cannot be changed for one statement, because the"
                            + " service says for each branch what may be read of it. Leave it out of the hint or the"
                            + " session's settings, and name the branch in the table's name: t$branch_b.");
        }
    }

    /** The options for the table below, which asks nobody: that is done here. Nobody else may switch it off. */
    private static Map<String, String> off(Map<String, String> options) {
        Map<String, String> off = new HashMap<>(options);
        if (off.containsKey(ENABLED) && !Boolean.parseBoolean(off.get(ENABLED))) {
            throw new QueryAuthException(
                    "'" + ENABLED + "' is an option of the table: it cannot be switched off for one"
                            + " statement. Leave it out of the hint or the session's settings.");
        }
        off.put(ENABLED, "false");
        return off;
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        return Objects.hash(wrapped);
    }
}
