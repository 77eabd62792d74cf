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
package dev.trestle.flink.gateway;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A column's type as the gateway describes it, and so the Java class of the column's values:
 *
 * <ul>
 *   <li>BOOLEAN: {@code Boolean}; TINYINT, SMALLINT and INTEGER: {@code Integer}; BIGINT: {@code Long}
 *   <li>DECIMAL: {@code BigDecimal} with the type's scale; FLOAT: {@code Float}; DOUBLE: {@code Double}
 *   <li>CHAR, VARCHAR: {@code String}; BINARY, VARBINARY: {@code byte[]}
 *   <li>DATE: {@code LocalDate}; TIME: {@code LocalTime}; TIMESTAMP: {@code LocalDateTime}; TIMESTAMP_LTZ: {@code Instant}
 *   <li>INTERVAL YEAR TO MONTH: {@code Period}; INTERVAL DAY TO SECOND: {@code Duration}
 *   <li>ARRAY: {@code List}; MAP: {@code Map}; MULTISET: {@code Map} to {@code Integer}; ROW: {@code Map} by field name, in order
 *   <li>anything else: {@code String}, the JSON text of the value or, for a JSON string, its content
 * </ul>
 *
 * <p>In {@link RowFormat#JSON} the keys of maps are {@code String}. In {@link RowFormat#PLAIN_TEXT} they are of their type,
 * and an ARRAY, MAP, MULTISET or ROW with a character type or an unknown one inside is a {@code String}: such as
 * <code>{1=a, 2=b}</code>, which cannot be taken apart safely.
 */
public sealed interface ColumnType {

    /** The name of the type's root, as in Flink's {@code LogicalTypeRoot}, such as {@code VARCHAR}. */
    String root();

    boolean nullable();

    /**
     * A type without types inside.
     *
     * @param length of CHAR, VARCHAR, BINARY, VARBINARY; STRING is VARCHAR of 2147483647
     * @param precision of DECIMAL and the types of time
     * @param scale of DECIMAL
     */
    record Atomic(String root, boolean nullable, OptionalInt length, OptionalInt precision, OptionalInt scale)
            implements ColumnType {

        public Atomic {
            requireNonNull(root, "root is null");
            requireNonNull(length, "length is null");
            requireNonNull(precision, "precision is null");
            requireNonNull(scale, "scale is null");
        }
    }

    /** An interval; the resolution is such as {@code YEAR_TO_MONTH}. */
    record Interval(String root, boolean nullable, String resolution) implements ColumnType {

        public Interval {
            requireNonNull(root, "root is null");
            requireNonNull(resolution, "resolution is null");
        }
    }

    /** An ARRAY. */
    record Array(boolean nullable, ColumnType element) implements ColumnType {

        public Array {
            requireNonNull(element, "element is null");
        }

        @Override
        public String root() {
            return "ARRAY";
        }
    }

    /** A MULTISET: its elements with their counts. */
    record Multiset(boolean nullable, ColumnType element) implements ColumnType {

        public Multiset {
            requireNonNull(element, "element is null");
        }

        @Override
        public String root() {
            return "MULTISET";
        }
    }

    /** A MAP. {@link RowFormat#JSON} has maps with keys of character types only. */
    record Map(boolean nullable, ColumnType key, ColumnType value) implements ColumnType {

        public Map {
            requireNonNull(key, "key is null");
            requireNonNull(value, "value is null");
        }

        @Override
        public String root() {
            return "MAP";
        }
    }

    /** A ROW. */
    record Struct(boolean nullable, List<Field> fields) implements ColumnType {

        public Struct {
            fields = List.copyOf(fields);
        }

        @Override
        public String root() {
            return "ROW";
        }
    }

    /** A field of a {@link Struct}. */
    record Field(String name, ColumnType type, Optional<String> description) {

        public Field {
            requireNonNull(name, "name is null");
            requireNonNull(type, "type is null");
            requireNonNull(description, "description is null");
        }
    }

    /**
     * A type that this client does not know.
     *
     * @param description the gateway's own JSON of it
     */
    record Unknown(String root, boolean nullable, String description) implements ColumnType {

        public Unknown {
            requireNonNull(root, "root is null");
            requireNonNull(description, "description is null");
        }
    }
}
