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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.paimon.catalog.Catalog.ColumnAlreadyExistException;
import org.apache.paimon.catalog.Catalog.ColumnNotExistException;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.schema.SchemaManager;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.types.DataField;
import org.apache.paimon.utils.LazyField;

/** Tells by a table as it is now whether a change whose answer was lost has been applied. */
final class SchemaOutcome {

    private SchemaOutcome() {}

    /** Whether a table is what was asked for. A service may number the columns itself, and add options of its own. */
    static boolean isCreatedAs(Schema wanted, TableInfo now) {
        Schema actual = now.schema();
        return now.schemaId() == 0
                && sameFields(wanted.fields(), actual.fields())
                && wanted.partitionKeys().equals(actual.partitionKeys())
                && wanted.primaryKeys().equals(actual.primaryKeys())
                && actual.options().entrySet().containsAll(wanted.options().entrySet())
                && sameComment(wanted.comment(), actual.comment());
    }

    /**
     * Whether a table has exactly the schema that follows on the one before. A schema that came even later proves nothing.
     *
     * @param before the table as it was loaded for the change; empty where it was not, and then nothing is proved
     */
    static boolean isAltered(Optional<TableInfo> before, List<SchemaChange> changes, Optional<TableInfo> now) {
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
        return expected.fields().equals(actual.fields())
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
