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
package dev.trestle.trino.schema;

import dev.trestle.trino.TrinoTypes;
import io.trino.spi.connector.ColumnMetadata;
import java.util.Optional;
import org.apache.paimon.types.DataField;

/** The columns of a stored table as Trino describes them. */
public final class Columns {

    private Columns() {}

    /** A column with its type, comment, default value and whether it may be null. */
    public static ColumnMetadata describe(DataField field) {
        return ColumnMetadata.builder()
                .setName(field.name())
                .setType(TrinoTypes.toTrino(field.type()))
                .setDefaultValue(ColumnDefaults.toTrino(field))
                .setNullable(field.type().isNullable())
                .setComment(Optional.ofNullable(field.description()))
                .build();
    }
}
