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
package dev.trestle.flink;

import dev.trestle.catalog.queryauth.RewritingCatalog;
import dev.trestle.flink.procedure.CompactProcedure;
import dev.trestle.flink.procedure.DataEvolutionMergeIntoProcedure;
import dev.trestle.flink.procedure.DropPartitionProcedure;
import dev.trestle.flink.procedure.ExpirePartitionsProcedure;
import dev.trestle.flink.procedure.MergeIntoProcedure;
import dev.trestle.flink.procedure.PurgeFilesProcedure;
import dev.trestle.flink.procedure.RemoveUnexistingFilesProcedure;
import dev.trestle.flink.procedure.RenameBranchProcedure;
import dev.trestle.flink.procedure.RescaleProcedure;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.ProcedureNotExistException;
import org.apache.flink.table.procedures.Procedure;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.factories.FactoryException;
import org.apache.paimon.factories.FactoryUtil;
import org.apache.paimon.flink.procedure.ProcedureBase;

/**
 * Paimon's procedures, {@code CALL sys.…}, over this catalog. What they do to tags goes to the service, see
 * {@link CatalogTags}; those that make no sense over a REST service are refused by {@link RefusedProcedures}, and on tables that
 * show rows of another branch those that would change only some of the rows.
 */
final class Procedures {

    /** Those that store or tell what they read; others open the catalog anew, which is for such ones then. */
    private static final Set<String> REWRITING = Set.of(
            "compact",
            "compact_database",
            "rescale",
            "merge_into",
            "data_evolution_merge_into",
            "create_global_index",
            "clone",
            ExpirePartitionsProcedure.IDENTIFIER,
            "query_service");

    /** Those that take the place of Paimon's of the same name. */
    private static final Map<String, Supplier<ProcedureBase>> OURS = Map.of(
            CompactProcedure.IDENTIFIER, CompactProcedure::new,
            DataEvolutionMergeIntoProcedure.IDENTIFIER, DataEvolutionMergeIntoProcedure::new,
            DropPartitionProcedure.IDENTIFIER, DropPartitionProcedure::new,
            ExpirePartitionsProcedure.IDENTIFIER, ExpirePartitionsProcedure::new,
            ExpireTagsProcedure.IDENTIFIER, ExpireTagsProcedure::new,
            MergeIntoProcedure.IDENTIFIER, MergeIntoProcedure::new,
            PurgeFilesProcedure.IDENTIFIER, PurgeFilesProcedure::new,
            RemoveUnexistingFilesProcedure.IDENTIFIER, RemoveUnexistingFilesProcedure::new,
            RenameBranchProcedure.IDENTIFIER, RenameBranchProcedure::new,
            RescaleProcedure.IDENTIFIER, RescaleProcedure::new);

    private final String catalogName;
    private final Catalog catalog;
    private final Databases databases;

    Procedures(String catalogName, Catalog catalog, Databases databases) {
        this.catalogName = catalogName;
        this.catalog = catalog;
        this.databases = databases;
    }

    /** All are in the database {@code sys}; they are listed in each, as Paimon's own catalog does. */
    List<String> list(String database) throws DatabaseNotExistException {
        if (!databases.exists(database)) {
            throw new DatabaseNotExistException(catalogName, database);
        }
        return registered();
    }

    /**
     * A procedure to call.
     *
     * @throws UnsupportedOperationException if it cannot work over a REST service, saying what to do instead
     */
    Procedure get(ObjectPath path) throws ProcedureNotExistException {
        if (!path.getDatabaseName().equals(Catalog.SYSTEM_DATABASE_NAME)) {
            throw new ProcedureNotExistException(catalogName, path);
        }
        String name = path.getObjectName();
        Class<? extends ProcedureBase> type = find(path);
        RefusedProcedures.check(name);
        ProcedureNeeds.check(name, catalog);
        ProcedureBase procedure = OURS.containsKey(name) ? OURS.get(name).get() : newInstance(type);
        return procedure.withCatalog(catalogFor(name));
    }

    private Catalog catalogFor(String name) {
        if (CatalogTags.areTouchedBy(name)) {
            return CatalogTags.over(catalog);
        }
        return REWRITING.contains(name) ? new RewritingCatalog(catalog, "CALL sys." + name) : catalog;
    }

    /** The names of Paimon's procedures. */
    static List<String> registered() {
        return FactoryUtil.discoverIdentifiers(ProcedureBase.class.getClassLoader(), ProcedureBase.class).stream()
                .sorted()
                .toList();
    }

    private Class<? extends ProcedureBase> find(ObjectPath path) throws ProcedureNotExistException {
        try {
            return FactoryUtil.discoverFactory(
                            ProcedureBase.class.getClassLoader(), ProcedureBase.class, path.getObjectName())
                    .getClass();
        } catch (FactoryException e) {
            throw new ProcedureNotExistException(catalogName, path, e);
        }
    }

    /** One of its own for each call: the one that is registered is shared by all catalogs and sessions of the process. */
    private static ProcedureBase newInstance(Class<? extends ProcedureBase> type) {
        try {
            return type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new CatalogException("Cannot make procedure " + type.getSimpleName(), e);
        }
    }
}
