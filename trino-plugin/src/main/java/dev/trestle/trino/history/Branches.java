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
package dev.trestle.trino.history;

import static io.trino.spi.StandardErrorCode.BRANCH_ALREADY_EXISTS;
import static io.trino.spi.StandardErrorCode.BRANCH_NOT_FOUND;
import static io.trino.spi.StandardErrorCode.INVALID_ARGUMENTS;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.RestCatalog;
import dev.trestle.catalog.api.OutcomeUnknownException;
import dev.trestle.catalog.procedure.BranchTags;
import dev.trestle.catalog.table.OtherBranch;
import dev.trestle.trino.SessionCatalogs;
import dev.trestle.trino.TableDescription;
import dev.trestle.trino.TrestleTableHandle;
import dev.trestle.trino.TrinoErrors;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.SaveMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.FileStoreTable;

/** The branches of tables. */
public final class Branches {

    /** What every table has without making it. */
    private static final String MAIN = "main";

    private final SessionCatalogs catalogs;

    public Branches(SessionCatalogs catalogs) {
        this.catalogs = requireNonNull(catalogs, "catalogs is null");
    }

    static boolean isMain(String branch) {
        return branch.equals(MAIN);
    }

    /** All of them, {@code main} too. */
    static List<String> names(RestCatalog catalog, Identifier table) throws Catalog.TableNotExistException {
        List<String> names = new ArrayList<>();
        names.add(MAIN);
        names.addAll(catalog.listBranches(table));
        return names;
    }

    /** A branch of a table, read as the table would be. */
    static TrestleTableHandle handle(RestCatalog catalog, TrestleTableHandle table, String branch)
            throws Catalog.TableNotExistException {
        Identifier identifier = table.identifier();
        Identifier object = new Identifier(
                identifier.getDatabaseName(), identifier.getTableName(), branch, identifier.getSystemTableName());
        return new TrestleTableHandle(
                table.name(),
                object.getDatabaseName(),
                object.getObjectName(),
                Optional.of(TableDescription.of(catalog.describeTable(object))),
                table.options());
    }

    /** All branches of a table, {@code main} too. */
    public List<String> list(ConnectorSession session, TrestleTableHandle table) {
        return TrinoErrors.call(
                "list the branches of table " + table.name(), () -> names(catalogs.of(session), table.identifier()));
    }

    /**
     * The branch whose name folds to one that Trino has folded.
     *
     * @return the table at that branch; empty if there is none
     */
    public Optional<TrestleTableHandle> findFolded(ConnectorSession session, TrestleTableHandle table, String branch) {
        List<String> matching = list(session, table).stream()
                .filter(name -> name.equalsIgnoreCase(branch))
                .toList();
        if (matching.size() > 1) {
            throw new TrinoException(
                    INVALID_ARGUMENTS,
                    "Table " + table.name() + " has the branches '" + String.join("' and '", matching)
                            + "', which differ in case alone: use FOR VERSION AS OF, in which case counts");
        }
        return matching.stream()
                .findFirst()
                .map(name -> isMain(name)
                        ? table
                        : TrinoErrors.call(
                                "open branch " + name + " of table " + table.name(),
                                () -> handle(catalogs.of(session), table, name)));
    }

    /**
     * Makes a branch that begins with what the table holds now. So that the table never drops the files that the branch
     * needs, a tag keeps them, which goes with the branch.
     *
     * @param from the branch to begin with
     */
    public void create(
            ConnectorSession session, TrestleTableHandle table, String branch, Optional<String> from, SaveMode mode) {
        if (!from.map(Branches::isMain).orElse(true) || table.identifier().getBranchName() != null) {
            throw new TrinoException(
                    NOT_SUPPORTED,
                    "A branch of table " + table.name() + " can begin with 'main' only, and not with another branch");
        }
        RestCatalog catalog = catalogs.of(session);
        Identifier identifier = table.identifier();
        TrinoErrors.call("create branch " + branch + " of table " + table.name(), () -> {
            boolean exists = names(catalog, identifier).contains(branch);
            if (exists && mode == SaveMode.IGNORE) {
                return null;
            }
            if (exists && mode == SaveMode.REPLACE) {
                drop(session, table, branch);
            }
            if (catalog.loadSnapshot(identifier).isPresent()) {
                createOfSnapshot(catalog, table, branch);
            } else {
                createAt(catalog, table, branch, Optional.empty());
            }
            return null;
        });
    }

    private static void createOfSnapshot(RestCatalog catalog, TrestleTableHandle table, String branch)
            throws Exception {
        BranchTags tags = new BranchTags(catalog, table.identifier(), branch);
        String tag = tags.create();
        try {
            createAt(catalog, table, branch, Optional.of(tag));
        } catch (OutcomeUnknownException e) {
            // The branch may be there, or come yet, and needs its tag.
            throw e;
        } catch (Exception e) {
            try {
                tags.delete(List.of(tag));
            } catch (Exception left) {
                e.addSuppressed(left);
            }
            throw e;
        }
    }

    private static void createAt(RestCatalog catalog, TrestleTableHandle table, String branch, Optional<String> tag)
            throws Exception {
        try {
            catalog.createBranch(table.identifier(), branch, tag.orElse(null));
        } catch (Catalog.BranchAlreadyExistException e) {
            throw new TrinoException(
                    BRANCH_ALREADY_EXISTS, "Table " + table.name() + " has a branch '" + branch + "' already", e);
        }
    }

    /** Drops a branch whose rows the table does not show, and the tags that kept its files. */
    public void drop(ConnectorSession session, TrestleTableHandle table, String branch) {
        RestCatalog catalog = catalogs.of(session);
        TrinoErrors.call("drop branch " + branch + " of table " + table.name(), () -> {
            if (isMain(branch)) {
                throw new TrinoException(
                        NOT_SUPPORTED, "Branch 'main' of table " + table.name() + " cannot be dropped: drop the table");
            }
            if (catalog.getTable(table.identifier()) instanceof FileStoreTable stored) {
                OtherBranch.requireNotShown(stored, branch);
            }
            BranchTags tags = new BranchTags(catalog, table.identifier(), branch);
            // Before the branch is gone: another one of its name may come at once.
            List<String> ofBranch = tags.list();
            try {
                catalog.dropBranch(table.identifier(), branch);
            } catch (Catalog.BranchNotExistException e) {
                throw notFound(table, branch, e);
            }
            tags.delete(ofBranch);
            return null;
        });
    }

    /** Makes what a branch holds the table's own. */
    public void fastForward(ConnectorSession session, TrestleTableHandle table, String source, String target) {
        if (!isMain(source) || isMain(target)) {
            throw new TrinoException(
                    NOT_SUPPORTED,
                    "Only 'main' can be fast-forwarded, to another branch: ALTER BRANCH main IN TABLE " + table.name()
                            + " FAST FORWARD TO <branch>");
        }
        TrinoErrors.call("fast-forward table " + table.name() + " to branch " + target, () -> {
            try {
                catalogs.of(session).fastForward(table.identifier(), target);
                return null;
            } catch (Catalog.BranchNotExistException e) {
                throw notFound(table, target, e);
            }
        });
    }

    private static TrinoException notFound(TrestleTableHandle table, String branch, Exception cause) {
        return new TrinoException(BRANCH_NOT_FOUND, "Table " + table.name() + " has no branch '" + branch + "'", cause);
    }
}
