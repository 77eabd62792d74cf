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

import dev.trestle.catalog.api.TableInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Catalog.ColumnAlreadyExistException;
import org.apache.paimon.catalog.Catalog.ColumnNotExistException;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.fs.Path;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.schema.SchemaManager;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.types.DataField;
import org.apache.paimon.utils.LazyField;

/** Tells by a table as it is now whether a change whose answer was lost has been applied. */
final class SchemaOutcome {

    private SchemaOutcome() {}

    /** What a service keeps beside a table's options, or says itself, though a statement names it among them. */
    private static final Set<String> NOT_AMONG_OPTIONS = Set.of(CoreOptions.PATH.key(), Catalog.OWNER_PROP);

    /** Whether a table is what was asked for. A service may number the columns itself, and add options of its own. */
    static boolean isCreatedAs(Schema wanted, TableInfo now) {
        Schema actual = now.schema();
        Map<String, String> options = new HashMap<>(wanted.options());
        options.keySet().removeAll(NOT_AMONG_OPTIONS);
        return sameFields(wanted.fields(), actual.fields())
                && wanted.partitionKeys().equals(actual.partitionKeys())
                && wanted.primaryKeys().equals(actual.primaryKeys())
                && actual.options().entrySet().containsAll(options.entrySet())
                && isAt(Optional.ofNullable(wanted.options().get(CoreOptions.PATH.key())), now.path())
                && sameComment(wanted.comment(), actual.comment());
    }

    /** Services write paths with a slash at the end, and without. */
    static boolean isAt(Optional<String> wanted, String path) {
        return wanted.map(Path::new).map(new Path(path)::equals).orElse(true);
    }

    /** Whether a table that is not what was asked for cannot have come from the request: nothing has been altered since. */
    static boolean isAnother(Schema wanted, TableInfo now) {
        return now.schemaId() == 0 && !isCreatedAs(wanted, now);
    }

    /**
     * Whether changes have been applied. Those of options and of the comment are seen in what the table has now; those of
     * columns only in exactly the schema that follows on the one before, since one that came even later proves nothing.
     *
     * @param before the table as it was loaded for the change; empty where it was not, and then no change of columns is proved
     */
    static boolean isAltered(Optional<TableInfo> before, List<SchemaChange> changes, Optional<TableInfo> now) {
        return now.isPresent()
                && (changes.stream().allMatch(change -> isSeenIn(now.get().schema(), changes, change))
                        || isNextSchema(before, changes, now));
    }

    /** Whether a change of an option or of the comment shows; a later one of the same key in the list replaces it. */
    private static boolean isSeenIn(Schema now, List<SchemaChange> changes, SchemaChange change) {
        if (change instanceof SchemaChange.SetOption set) {
            return Objects.equals(now.options().get(set.key()), lastValue(changes, set.key()));
        }
        if (change instanceof SchemaChange.RemoveOption remove) {
            return Objects.equals(now.options().get(remove.key()), lastValue(changes, remove.key()));
        }
        return change instanceof SchemaChange.UpdateComment && sameComment(lastComment(changes), now.comment());
    }

    private static String lastValue(List<SchemaChange> changes, String key) {
        String value = null;
        for (SchemaChange change : changes) {
            if (change instanceof SchemaChange.SetOption set && set.key().equals(key)) {
                value = set.value();
            } else if (change instanceof SchemaChange.RemoveOption remove
                    && remove.key().equals(key)) {
                value = null;
            }
        }
        return value;
    }

    private static String lastComment(List<SchemaChange> changes) {
        String comment = null;
        for (SchemaChange change : changes) {
            if (change instanceof SchemaChange.UpdateComment update) {
                comment = update.comment();
            }
        }
        return comment;
    }

    private static boolean isNextSchema(
            Optional<TableInfo> before, List<SchemaChange> changes, Optional<TableInfo> now) {
        if (before.isEmpty()
                || now.isEmpty()
                || !before.get().id().equals(now.get().id())) {
            return false;
        }
        if (now.get().schemaId() != before.get().schemaId() + 1) {
            return false;
        }
        TableSchema expected;
        try {
            expected = SchemaManager.generateTableSchema(
                    schema(before.get()),
                    changes,
                    new LazyField<>(() -> false),
                    new LazyField<>(() -> Identifier.create(
                            before.get().database(), before.get().name())));
        } catch (ColumnAlreadyExistException | ColumnNotExistException | RuntimeException e) {
            return false;
        }
        TableSchema actual = schema(now.get());
        return sameFields(expected.fields(), actual.fields())
                && expected.partitionKeys().equals(actual.partitionKeys())
                && expected.primaryKeys().equals(actual.primaryKeys())
                && expected.options().equals(actual.options())
                && sameComment(expected.comment(), actual.comment());
    }

    private static TableSchema schema(TableInfo table) {
        return TableSchema.create(table.schemaId(), table.schema());
    }

    private static boolean sameFields(List<DataField> wanted, List<DataField> actual) {
        if (wanted.size() != actual.size()) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (!wanted.get(i).equalsIgnoreFieldId(actual.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameComment(String wanted, String actual) {
        return Objects.requireNonNullElse(wanted, "").equals(Objects.requireNonNullElse(actual, ""));
    }
}
