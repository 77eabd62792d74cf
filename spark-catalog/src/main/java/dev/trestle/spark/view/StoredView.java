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
package dev.trestle.spark.view;

import static java.util.Objects.requireNonNullElse;

import dev.trestle.spark.data.SparkTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.rest.responses.AuditRESTResponse;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.RowType;
import org.apache.paimon.view.View;
import org.apache.paimon.view.ViewImpl;
import org.apache.spark.sql.catalyst.util.CharVarcharUtils;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.catalog.TableSummary;

/**
 * Spark's views as the service keeps them, and back. The query is the one of the dialect {@code spark}, and the plain one too;
 * what else Spark knows of a view is in options that begin with {@code spark.}, which other engines leave alone.
 */
final class StoredView {

    /** The name under which Spark's query is among a view's dialects. */
    static final String DIALECT = "spark";

    /** What all options begin with that are Spark's own. */
    static final String OWN_OPTIONS = "spark.";

    private static final String CATALOG = OWN_OPTIONS + "current-catalog";
    private static final String NAMESPACE = OWN_OPTIONS + "current-namespace.";
    private static final String SCHEMA_MODE = OWN_OPTIONS + "schema-mode";
    private static final String QUERY_COLUMN = OWN_OPTIONS + "query-column.";
    private static final String CONFIG = OWN_OPTIONS + "config.";

    /** What Spark has of a view as properties, and the service otherwise or not at all. */
    private static final Set<String> RESERVED =
            Set.of(TableCatalog.PROP_COMMENT, TableCatalog.PROP_OWNER, TableCatalog.PROP_TABLE_TYPE);

    /** Who made and changed it is told by the service, and no property to create a view with. */
    static final Set<String> AUDIT = Set.of(
            AuditRESTResponse.FIELD_CREATED_AT,
            AuditRESTResponse.FIELD_CREATED_BY,
            AuditRESTResponse.FIELD_UPDATED_AT,
            AuditRESTResponse.FIELD_UPDATED_BY);

    private final String catalog;

    /** @param catalog this catalog, as Spark calls it: a view does not keep the name, since another Spark may have another */
    StoredView(String catalog) {
        this.catalog = catalog;
    }

    static Map<String, String> dialects(View view) {
        return requireNonNullElse(view.dialects(), Map.of());
    }

    /**
     * The view to store.
     *
     * @throws UnsupportedOperationException if it is of a kind of its own, such as a metric view: its text is no query
     */
    View toPaimon(Identifier name, org.apache.spark.sql.connector.catalog.View view) {
        requireOrdinary(name, view);
        Map<String, String> options = new HashMap<>(view.properties());
        options.keySet().removeAll(RESERVED);
        options.keySet().removeIf(key -> key.startsWith(OWN_OPTIONS));
        if (view.currentCatalog() != null && !view.currentCatalog().equals(catalog)) {
            options.put(CATALOG, view.currentCatalog());
        }
        putAll(options, NAMESPACE, view.currentNamespace());
        if (view.schemaMode() != null) {
            options.put(SCHEMA_MODE, view.schemaMode());
        }
        putAll(options, QUERY_COLUMN, view.queryColumnNames());
        view.sqlConfigs().forEach((key, value) -> options.put(CONFIG + key, value));
        RowType.Builder columns = RowType.builder();
        for (Column column : view.columns()) {
            DataType type = SparkTypes.toPaimon(column.name(), column.dataType());
            columns.field(column.name(), type.copy(column.nullable()), column.comment());
        }
        return new ViewImpl(
                name,
                columns.build().getFields(),
                view.queryText(),
                Map.of(DIALECT, view.queryText()),
                view.properties().get(TableCatalog.PROP_COMMENT),
                options);
    }

    private static void requireOrdinary(Identifier name, org.apache.spark.sql.connector.catalog.View view) {
        String kind = view.properties().getOrDefault(TableCatalog.PROP_TABLE_TYPE, TableSummary.VIEW_TABLE_TYPE);
        if (!kind.equals(TableSummary.VIEW_TABLE_TYPE)) {
            throw new UnsupportedOperationException("View " + name.getFullName() + " is of the kind " + kind
                    + ", of which the service keeps none. Write what it is to show as a query:"
                    + " CREATE VIEW " + name.getFullName() + " AS SELECT …; or make it in Spark's own catalog,"
                    + " spark_catalog.");
        }
    }

    private static void putAll(Map<String, String> options, String prefix, String[] values) {
        for (int i = 0; i < values.length; i++) {
            options.put(prefix + i, values[i]);
        }
    }

    private static String[] all(Map<String, String> options, String prefix) {
        List<String> values = new ArrayList<>();
        while (options.containsKey(prefix + values.size())) {
            values.add(options.get(prefix + values.size()));
        }
        return values.toArray(String[]::new);
    }

    /** The view as Spark reads it; names in one that another engine wrote are looked up in the view's own database. */
    org.apache.spark.sql.connector.catalog.View toSpark(Identifier name, View view) {
        Map<String, String> options = view.options();
        String query = dialects(view).get(DIALECT);
        Map<String, String> properties = new HashMap<>(options);
        properties.keySet().removeAll(AUDIT);
        properties.keySet().removeIf(key -> key.startsWith(OWN_OPTIONS));
        view.comment().ifPresent(comment -> properties.put(TableCatalog.PROP_COMMENT, comment));
        var builder = new org.apache.spark.sql.connector.catalog.View.Builder()
                .withColumns(columns(view.rowType()))
                .withProperties(properties);
        if (query == null) {
            builder.withQueryText(view.query())
                    .withCurrentCatalog(catalog)
                    .withCurrentNamespace(new String[] {name.getDatabaseName()});
            return new ForeignView(builder, name.getFullName(), dialects(view).keySet());
        }
        String[] namespace = all(options, NAMESPACE);
        return builder.withQueryText(query)
                .withCurrentCatalog(options.getOrDefault(CATALOG, catalog))
                .withCurrentNamespace(namespace.length == 0 ? new String[] {name.getDatabaseName()} : namespace)
                .withSchemaMode(options.get(SCHEMA_MODE))
                .withQueryColumnNames(all(options, QUERY_COLUMN))
                .withSqlConfigs(configs(options))
                .build();
    }

    private static Column[] columns(RowType type) {
        return type.getFields().stream().map(StoredView::column).toArray(Column[]::new);
    }

    private static Column column(DataField field) {
        return Column.create(
                field.name(), typeInQueries(field.type()), field.type().isNullable(), field.description(), null);
    }

    /** What a query of Spark's gives: a text, where a table's column has one of a given length. */
    static org.apache.spark.sql.types.DataType typeInQueries(DataType type) {
        return CharVarcharUtils.replaceCharVarcharWithString(SparkTypes.toSpark(type));
    }

    private static Map<String, String> configs(Map<String, String> options) {
        Map<String, String> configs = new HashMap<>();
        options.forEach((key, value) -> {
            if (key.startsWith(CONFIG)) {
                configs.put(key.substring(CONFIG.length()), value);
            }
        });
        return configs;
    }
}
