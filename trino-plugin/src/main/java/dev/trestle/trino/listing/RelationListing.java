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
package dev.trestle.trino.listing;

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.api.TableDetails;
import dev.trestle.catalog.api.TableInfo;
import dev.trestle.trino.GlobalTables;
import dev.trestle.trino.ObjectNames;
import dev.trestle.trino.SessionCatalogs;
import dev.trestle.trino.schema.Columns;
import dev.trestle.trino.view.StoredView;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorViewDefinition;
import io.trino.spi.connector.RelationColumnsMetadata;
import io.trino.spi.connector.RelationCommentMetadata;
import io.trino.spi.connector.RelationType;
import io.trino.spi.connector.SchemaTableName;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.paimon.catalog.CatalogUtils;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.types.DataField;
import org.apache.paimon.view.View;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tables and views, of one schema or of all, in as few calls as there are pages. Where a table and a view have one name, or
 * two names differ in case alone, the table, and the first, stands for both.
 */
public final class RelationListing {

    private static final Logger LOG = LoggerFactory.getLogger(RelationListing.class);

    private final SessionCatalogs catalogs;
    private final SchemaPages pages;
    private final StoredView views;

    public RelationListing(SessionCatalogs catalogs, ObjectNames names, StoredView views) {
        this.catalogs = requireNonNull(catalogs, "catalogs is null");
        this.pages = new SchemaPages(catalogs, names);
        this.views = requireNonNull(views, "views is null");
    }

    /** Tables and views, with what they are. */
    public Map<SchemaTableName, RelationType> types(ConnectorSession session, Optional<String> schema) {
        Map<SchemaTableName, RelationType> types = new LinkedHashMap<>();
        pages.<String>forEach(
                session,
                schema,
                (database, token) ->
                        catalogs.of(session).listTablesPaged(database, SchemaPages.SIZE, token, null, null),
                (name, tables) -> tables.forEach(
                        table -> types.putIfAbsent(new SchemaTableName(name, table), RelationType.TABLE)));
        views(session, schema).forEach(view -> types.putIfAbsent(view, RelationType.VIEW));
        return types;
    }

    /** The views alone. */
    public List<SchemaTableName> views(ConnectorSession session, Optional<String> schema) {
        Set<SchemaTableName> names = new LinkedHashSet<>();
        pages.<String>forEach(
                session,
                schema,
                (database, token) -> catalogs.of(session).listViewsPaged(database, SchemaPages.SIZE, token, null),
                (name, page) -> page.forEach(view -> names.add(new SchemaTableName(name, view))));
        return List.copyOf(names);
    }

    /** The views with their queries, also those in another SQL; not those whose description cannot be read. */
    public Map<SchemaTableName, ConnectorViewDefinition> viewDefinitions(
            ConnectorSession session, Optional<String> schema) {
        Map<SchemaTableName, ConnectorViewDefinition> definitions = new LinkedHashMap<>();
        forEachView(
                session,
                schema,
                (name, view) -> listed(
                                "View",
                                name,
                                () -> views.toTrino(Identifier.create(name.getSchemaName(), name.getTableName()), view))
                        .ifPresent(definition -> definitions.putIfAbsent(name, definition)));
        return definitions;
    }

    /** The columns of tables and views. */
    public Iterator<RelationColumnsMetadata> columns(
            ConnectorSession session, Optional<String> schema, UnaryOperator<Set<SchemaTableName>> filter) {
        Relations<RelationColumnsMetadata> relations = new Relations<>(filter);
        if (schema.filter(CatalogUtils::isSystemDatabase).isPresent()) {
            relations.add(
                    GlobalTables.all(),
                    (name, table) -> Optional.of(RelationColumnsMetadata.forTable(
                            name, describe(table.rowType().getFields()))));
        }
        pages.<TableDetails>forEach(
                session,
                schema,
                tableDetails(session),
                (name, page) -> relations.add(
                        byName(name, page),
                        (table, info) -> listed(
                                "Table",
                                table,
                                () -> RelationColumnsMetadata.forTable(
                                        table, describe(info.schema().fields())))));
        pages.<View>forEach(
                session,
                schema,
                viewDetails(session),
                (name, page) -> relations.add(
                        viewsByName(name, page),
                        (view, info) -> listed(
                                "View", view, () -> RelationColumnsMetadata.forView(view, views.columns(info)))));
        return relations.found.values().iterator();
    }

    /** The comments of tables and views. */
    public Iterator<RelationCommentMetadata> comments(
            ConnectorSession session, Optional<String> schema, UnaryOperator<Set<SchemaTableName>> filter) {
        Relations<RelationCommentMetadata> relations = new Relations<>(filter);
        pages.<TableDetails>forEach(
                session,
                schema,
                tableDetails(session),
                (name, page) -> relations.add(
                        byName(name, page),
                        (table, info) -> Optional.of(RelationCommentMetadata.forRelation(
                                table, present(Optional.ofNullable(info.schema().comment()))))));
        pages.<View>forEach(
                session,
                schema,
                viewDetails(session),
                (name, page) -> relations.add(
                        viewsByName(name, page),
                        (view, info) ->
                                Optional.of(RelationCommentMetadata.forRelation(view, present(info.comment())))));
        return relations.found.values().iterator();
    }

    /** What is known of relations, of those alone that Trino wants. */
    private static final class Relations<R> {

        private final UnaryOperator<Set<SchemaTableName>> filter;
        private final Map<SchemaTableName, R> found = new LinkedHashMap<>();

        Relations(UnaryOperator<Set<SchemaTableName>> filter) {
            this.filter = filter;
        }

        <T> void add(Map<SchemaTableName, T> page, BiFunction<SchemaTableName, T, Optional<R>> describe) {
            for (SchemaTableName name : filter.apply(page.keySet())) {
                describe.apply(name, page.get(name)).ifPresent(described -> found.putIfAbsent(name, described));
            }
        }
    }

    private SchemaPages.Source<TableDetails> tableDetails(ConnectorSession session) {
        return (database, token) -> catalogs.of(session).describeTablesPaged(database, SchemaPages.SIZE, token);
    }

    private SchemaPages.Source<View> viewDetails(ConnectorSession session) {
        return (database, token) -> catalogs.of(session).listViewDetailsPaged(database, SchemaPages.SIZE, token, null);
    }

    private void forEachView(
            ConnectorSession session, Optional<String> schema, BiConsumer<SchemaTableName, View> sink) {
        pages.<View>forEach(
                session,
                schema,
                viewDetails(session),
                (name, page) -> viewsByName(name, page).forEach(sink));
    }

    private static Map<SchemaTableName, TableInfo> byName(String schema, List<TableDetails> page) {
        Map<SchemaTableName, TableInfo> tables = new LinkedHashMap<>();
        for (TableDetails details : page) {
            if (details instanceof TableDetails.Readable readable) {
                tables.putIfAbsent(new SchemaTableName(schema, readable.table().name()), readable.table());
            } else if (details instanceof TableDetails.Unreadable unreadable) {
                LOG.warn("Table {}.{} is left out of a listing: {}", schema, unreadable.name(), unreadable.reason());
            }
        }
        return tables;
    }

    private static Map<SchemaTableName, View> viewsByName(String schema, List<View> page) {
        Map<SchemaTableName, View> views = new LinkedHashMap<>();
        page.forEach(view -> views.putIfAbsent(new SchemaTableName(schema, view.name()), view));
        return views;
    }

    /** Empty for one that cannot be described, which does not hide the others. */
    private static <T> Optional<T> listed(String kind, SchemaTableName name, Supplier<T> description) {
        try {
            return Optional.of(description.get());
        } catch (RuntimeException e) {
            LOG.warn("{} {} is left out of a listing: {}", kind, name, e.getMessage());
            return Optional.empty();
        }
    }

    private static List<ColumnMetadata> describe(List<DataField> fields) {
        return fields.stream().map(Columns::describe).toList();
    }

    private static Optional<String> present(Optional<String> comment) {
        return comment.filter(text -> !text.isEmpty());
    }
}
