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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.CatalogView;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.ResolvedCatalogView;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.types.utils.TypeConversions;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.RowType;
import org.apache.paimon.view.View;
import org.apache.paimon.view.ViewChange;
import org.apache.paimon.view.ViewImpl;

/**
 * Views. Stored is the query as Flink expands it, as the plain query and as the one of the dialect {@code flink}: names in it
 * say their databases, whichever is current when the view is read. The columns that a query has now are those that readers see,
 * under the names that are stored.
 */
final class Views {

    /** The name under which Flink's query is among a view's dialects. */
    static final String DIALECT = "flink";

    private final String catalogName;
    private final Catalog catalog;
    private final FlinkSyntax syntax;

    Views(String catalogName, Catalog catalog, FlinkSyntax syntax) {
        this.catalogName = catalogName;
        this.catalog = catalog;
        this.syntax = syntax;
    }

    /** The names of the views; none where the service keeps no views. */
    List<String> list(String database) throws Catalog.DatabaseNotExistException {
        try {
            return catalog.listViews(database);
        } catch (UnsupportedOperationException e) {
            return List.of();
        }
    }

    /** The view of this name, if there is one. */
    Optional<View> find(ObjectPath path) {
        try {
            return Optional.of(catalog.getView(Tables.identifier(path)));
        } catch (Catalog.ViewNotExistException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    CatalogView toFlink(ObjectPath path, View view) {
        Schema.Builder schema = Schema.newBuilder();
        for (DataField field : view.rowType().getFields()) {
            schema.column(field.name(), TypeConversions.fromLogicalToDataType(FlinkTypes.toFlink(field.type())));
            if (field.description() != null) {
                schema.withComment(field.description());
            }
        }
        String comment = view.comment().orElse(null);
        Map<String, String> options = CatalogTables.visibleOptions(view.options());
        String query = dialects(view).get(DIALECT);
        return query != null
                ? CatalogView.of(schema.build(), comment, query, QualifiedQuery.readable(catalogName, query), options)
                : new ForeignView(
                        path.getFullName(),
                        schema.build(),
                        comment,
                        options,
                        view.query(),
                        List.copyOf(dialects(view).keySet()),
                        syntax);
    }

    void create(ObjectPath path, ResolvedCatalogView view, boolean ignoreIfExists)
            throws Catalog.ViewAlreadyExistException, Catalog.DatabaseNotExistException {
        RowType.Builder columns = RowType.builder();
        for (Column column : view.getResolvedSchema().getColumns()) {
            columns.field(
                    column.getName(),
                    FlinkTypes.toPaimon(column.getName(), column.getDataType().getLogicalType()),
                    column.getComment().orElse(null));
        }
        String query = QualifiedQuery.within(catalogName, view.getExpandedQuery());
        catalog.createView(
                Tables.identifier(path),
                new ViewImpl(
                        Tables.identifier(path),
                        columns.build().getFields(),
                        query,
                        Map.of(DIALECT, query),
                        view.getComment(),
                        view.getOptions()),
                ignoreIfExists);
    }

    /**
     * Brings a view to a new query, comment or options.
     *
     * @throws ValidationException if the new query has other columns: the service cannot change those
     */
    void alter(ObjectPath path, View before, CatalogView after)
            throws Catalog.ViewNotExistException, Catalog.DialectAlreadyExistException,
                    Catalog.DialectNotExistException {
        List<ViewChange> changes = new ArrayList<>();
        if (!isQueryOf(before, after)) {
            String query = QualifiedQuery.within(catalogName, after.getExpandedQuery());
            checkColumns(path, before.rowType(), after);
            changes.add(
                    dialects(before).containsKey(DIALECT)
                            ? ViewChange.updateDialect(DIALECT, query)
                            : ViewChange.addDialect(DIALECT, query));
        }
        if (!Objects.equals(emptyIfNull(after.getComment()), before.comment().orElse(""))) {
            changes.add(ViewChange.updateComment(after.getComment()));
        }
        changes.addAll(optionChanges(CatalogTables.visibleOptions(before.options()), after.getOptions()));
        if (!changes.isEmpty()) {
            catalog.alterView(Tables.identifier(path), changes, false);
        }
    }

    /** Whether it is as {@link #toFlink} gave it. The same text may mean other tables where another database is current. */
    private boolean isQueryOf(View before, CatalogView after) {
        if (!dialects(before).containsKey(DIALECT)) {
            return after.getOriginalQuery().equals(before.query());
        }
        String stored = before.query(DIALECT);
        return after.getOriginalQuery().equals(stored)
                && after.getExpandedQuery().equals(QualifiedQuery.readable(catalogName, stored));
    }

    private static List<ViewChange> optionChanges(Map<String, String> before, Map<String, String> after) {
        List<ViewChange> changes = new ArrayList<>();
        after.forEach((key, value) -> {
            if (!value.equals(before.get(key))) {
                changes.add(ViewChange.setOption(key, value));
            }
        });
        before.keySet().forEach(key -> {
            if (!after.containsKey(key)) {
                changes.add(ViewChange.removeOption(key));
            }
        });
        return changes;
    }

    /** Names and types must stay; whether a column may be null is what its query says at the time. */
    private static void checkColumns(ObjectPath path, RowType before, CatalogView after) {
        if (!(after instanceof ResolvedCatalogView resolved)) {
            return;
        }
        ResolvedSchema schema = resolved.getResolvedSchema();
        Map<String, String> stored = new HashMap<>();
        before.getFields()
                .forEach(field -> stored.put(
                        field.name(),
                        FlinkTypes.toFlink(field.type()).copy(true).asSummaryString()));
        for (Column column : schema.getColumns()) {
            String type = column.getDataType().getLogicalType().copy(true).asSummaryString();
            String storedType = stored.get(column.getName());
            if (storedType == null) {
                throw otherColumns(path, "column '" + column.getName() + "' is new");
            }
            if (!storedType.equals(type)) {
                throw otherColumns(
                        path,
                        "column '" + column.getName() + "' is " + storedType + ", not " + type
                                + "; CAST can keep it so");
            }
        }
        if (!schema.getColumnNames().equals(before.getFieldNames())) {
            throw otherColumns(path, "its columns are " + String.join(", ", before.getFieldNames()));
        }
    }

    private static ValidationException otherColumns(ObjectPath path, String difference) {
        return new ValidationException("The new query of view " + path.getFullName()
                + " must have the columns that the view has: " + difference
                + ". The REST API alters a view's dialects, comment and options only (ViewChange). To change the"
                + " columns, DROP VIEW and CREATE VIEW.");
    }

    void rename(ObjectPath path, ObjectPath renamed, boolean ignoreIfNotExists)
            throws Catalog.ViewNotExistException, Catalog.ViewAlreadyExistException {
        catalog.renameView(Tables.identifier(path), Tables.identifier(renamed), ignoreIfNotExists);
    }

    void drop(ObjectPath path, boolean ignoreIfNotExists) throws Catalog.ViewNotExistException {
        catalog.dropView(Tables.identifier(path), ignoreIfNotExists);
    }

    private static Map<String, String> dialects(View view) {
        return Objects.requireNonNullElse(view.dialects(), Map.of());
    }

    private static String emptyIfNull(String comment) {
        return Objects.requireNonNullElse(comment, "");
    }
}
