
package dev.trestle.flink;

import java.util.Set;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogLoader;
import org.apache.paimon.catalog.DelegateCatalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;

/**
 * A catalog whose tables make and delete their tags through the service. A Paimon table does so by writing files next to
 * its data, of which the service would not know.
 */
final class CatalogTags extends DelegateCatalog {

    private static final Set<String> PROCEDURES = Set.of(
            "create_tag",
            "create_tag_from_timestamp",
            "create_tag_from_watermark",
            "replace_tag",
            "delete_tag",
            "expire_tags",
            "trigger_tag_automatic_creation",
            "purge_files");

    private CatalogTags(Catalog catalog) {
        super(catalog);
    }

    /** Whether a procedure of Paimon's makes or deletes tags. */
    static boolean areTouchedBy(String procedure) {
        return PROCEDURES.contains(procedure);
    }

    static CatalogTags over(Catalog catalog) {
        return new CatalogTags(catalog);
    }

    @Override
    public Table getTable(Identifier identifier) throws TableNotExistException {
        Table table = wrapped.getTable(identifier);
        return table instanceof FileStoreTable stored ? new TaggedTable(stored, wrapped, identifier) : table;
    }

    @Override
    public CatalogLoader catalogLoader() {
        return wrapped.catalogLoader();
    }
}
