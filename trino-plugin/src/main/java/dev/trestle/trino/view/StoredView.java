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
package dev.trestle.trino.view;

import static io.trino.spi.StandardErrorCode.INVALID_VIEW;
import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;
import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.trestle.trino.ObjectNames;
import dev.trestle.trino.SqlPaths;
import dev.trestle.trino.TrinoTypes;
import io.trino.spi.TrinoException;
import io.trino.spi.catalog.CatalogName;
import io.trino.spi.connector.ConnectorViewDefinition;
import io.trino.spi.connector.ConnectorViewDefinition.ViewColumn;
import io.trino.spi.type.Type;
import io.trino.spi.type.TypeId;
import io.trino.spi.type.TypeManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.RowType;
import org.apache.paimon.view.View;
import org.apache.paimon.view.ViewChange;
import org.apache.paimon.view.ViewImpl;

/**
 * Trino's views as the service keeps them, and back. The query is the one of the dialect {@code trino}; what else Trino
 * knows of a view is in options that begin with {@code trino.}, which other engines leave alone.
 */
public final class StoredView {

    /** The name under which Trino's query is among a view's dialects. */
    public static final String DIALECT = "trino";

    /** What Trino's options begin with. */
    static final String OPTIONS = "trino.";

    private static final String CATALOG = "trino.catalog";
    private static final String SCHEMA = "trino.schema";
    private static final String OWNER = "trino.owner";
    private static final String RUN_AS_INVOKER = "trino.run-as-invoker";
    private static final String PATH = "trino.path";
    private static final String COLUMN_TYPE = "trino.column-type.";
    private static final String COLUMN_COMMENT = "trino.column-comment.";

    private final CatalogName catalog;
    private final TypeManager types;

    /** @param catalog this catalog, as Trino calls it: a view does not keep the name, since another Trino may have another */
    public StoredView(CatalogName catalog, TypeManager types) {
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.types = requireNonNull(types, "types is null");
    }

    /** Whether Trino made the view, and nobody gave it another query since. */
    static boolean isTrinosAlone(View view) {
        return view.options().containsKey(RUN_AS_INVOKER) && dialects(view).equals(Map.of(DIALECT, view.query()));
    }

    /** Options that are not Trino's. */
    static Map<String, String> othersOptions(View view) {
        return view.options().entrySet().stream()
                .filter(option -> !option.getKey().startsWith(OPTIONS))
                .collect(toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    static Map<String, String> dialects(View view) {
        return requireNonNullElse(view.dialects(), Map.of());
    }

    /** The view to store. */
    View toPaimon(Identifier identifier, ConnectorViewDefinition view) {
        Map<String, String> options = new HashMap<>();
        view.getCatalog()
                .filter(name -> !name.equals(catalog.toString()))
                .ifPresent(name -> options.put(CATALOG, name));
        view.getSchema().ifPresent(schema -> options.put(SCHEMA, schema));
        view.getOwner().ifPresent(owner -> options.put(OWNER, owner));
        options.put(RUN_AS_INVOKER, Boolean.toString(view.isRunAsInvoker()));
        SqlPaths.toOption(view.getPath()).ifPresent(path -> options.put(PATH, path));
        RowType.Builder columns = RowType.builder();
        for (ViewColumn column : view.getColumns()) {
            columns.field(
                    column.getName(),
                    columnType(column, options),
                    column.getComment().orElse(null));
        }
        return new ViewImpl(
                identifier,
                columns.build().getFields(),
                view.getOriginalSql(),
                Map.of(DIALECT, view.getOriginalSql()),
                view.getComment().orElse(null),
                options);
    }

    /** The nearest type that can be stored; where it is another, an option says which it is in Trino. */
    private DataType columnType(ViewColumn column, Map<String, String> options) {
        Type type = types.getType(column.getType());
        DataType stored;
        try {
            stored = TrinoTypes.toPaimon(column.getName(), type);
        } catch (TrinoException e) {
            stored = DataTypes.STRING();
        }
        if (!TrinoTypes.toTrino(stored).equals(type)) {
            options.put(COLUMN_TYPE + column.getName(), column.getType().getId());
        }
        return stored;
    }

    /**
     * The view as Trino describes it. One of which another engine wrote the query, be it the plain one or one for Trino, is
     * read in its own schema and with the reader's rights.
     *
     * @throws TrinoException if Trino's own options cannot be read
     */
    public ConnectorViewDefinition toTrino(Identifier identifier, View view) {
        Map<String, String> options = view.options();
        String query = dialects(view).get(DIALECT);
        boolean foreign = query == null || !options.containsKey(RUN_AS_INVOKER);
        boolean runAsInvoker = foreign || Boolean.parseBoolean(options.get(RUN_AS_INVOKER));
        return new ConnectorViewDefinition(
                query == null ? view.query() : query,
                Optional.of(options.getOrDefault(CATALOG, catalog.toString())),
                foreign
                        ? Optional.of(ObjectNames.fold(identifier.getDatabaseName()))
                        : Optional.ofNullable(options.get(SCHEMA)),
                columns(view),
                view.comment(),
                runAsInvoker ? Optional.empty() : Optional.ofNullable(options.get(OWNER)),
                runAsInvoker,
                SqlPaths.ofOption(options.get(PATH)));
    }

    /**
     * The columns, with the types and comments that Trino gave them.
     *
     * @throws TrinoException if this Trino has no such type
     */
    public List<ViewColumn> columns(View view) {
        return view.rowType().getFields().stream()
                .map(field -> column(field, view.options()))
                .toList();
    }

    private ViewColumn column(DataField field, Map<String, String> options) {
        TypeId type = Optional.ofNullable(options.get(COLUMN_TYPE + field.name()))
                .map(kept -> requireKnown(field.name(), kept))
                .orElseGet(() -> TrinoTypes.toTrino(field.type()).getTypeId());
        return new ViewColumn(field.name(), type, columnComment(field, options));
    }

    /** Trino would fail a listing of all columns for it. */
    private TypeId requireKnown(String column, String kept) {
        TypeId type = TypeId.of(kept);
        try {
            types.getType(type);
            return type;
        } catch (RuntimeException e) {
            throw new TrinoException(
                    INVALID_VIEW,
                    "Column " + column + " of the view is of the type '" + kept + "', by the option '" + COLUMN_TYPE
                            + column + "', which this Trino does not have: add the plugin that has it, or replace the"
                            + " view",
                    e);
        }
    }

    private static Optional<String> columnComment(DataField field, Map<String, String> options) {
        String later = options.get(commentOption(field));
        if (later == null) {
            return Optional.ofNullable(field.description());
        }
        return later.isEmpty() && field.description() != null ? Optional.empty() : Optional.of(later);
    }

    /** The option that holds a comment which was made after the view: the API changes a view's options, not its columns. */
    private static String commentOption(DataField column) {
        return COLUMN_COMMENT + column.name();
    }

    /** What gives a column a comment, or takes it away; an empty option takes away the one that the column came with. */
    static ViewChange columnComment(DataField column, Optional<String> comment) {
        return comment.isEmpty() && column.description() == null
                ? ViewChange.removeOption(commentOption(column))
                : ViewChange.setOption(commentOption(column), comment.orElse(""));
    }

    /** The option that holds the user with whose rights the view is read. */
    static String ownerOption() {
        return OWNER;
    }
}
