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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes apart the text of a nested value: {@code [1, NULL]}, <code>{1=2, 3=4}</code>, {@code (1, 2.5)}. Flink quotes nothing
 * in it, so this works only where no part can hold one of these signs. For one use.
 */
final class NestedText {

    private static final String NULL = "NULL";
    private static final String ENDS = ",=]})";

    private final String text;
    private int position;

    NestedText(String text) {
        this.text = text;
    }

    /** Whether nothing inside a value of this type can be mistaken for the signs around it. */
    static boolean canBeTakenApart(ColumnType type) {
        if (type instanceof ColumnType.Array array) {
            return canBeTakenApart(array.element());
        }
        if (type instanceof ColumnType.Multiset multiset) {
            return canBeTakenApart(multiset.element());
        }
        if (type instanceof ColumnType.Map map) {
            return canBeTakenApart(map.key()) && canBeTakenApart(map.value());
        }
        if (type instanceof ColumnType.Struct struct) {
            return struct.fields().stream().allMatch(field -> canBeTakenApart(field.type()));
        }
        return type instanceof ColumnType.Interval
                || (type instanceof ColumnType.Atomic
                        && !type.root().equals("CHAR")
                        && !type.root().equals("VARCHAR"));
    }

    /** @throws IllegalArgumentException if the text is not of the type's form */
    Object readWhole(ColumnType type) {
        Object value = read(type);
        if (position != text.length()) {
            throw new IllegalArgumentException("there is more after it");
        }
        return value;
    }

    private Object read(ColumnType type) {
        if (text.startsWith(NULL, position)) {
            position += NULL.length();
            return null;
        }
        if (type instanceof ColumnType.Array array) {
            return readArray(array);
        }
        if (type instanceof ColumnType.Multiset multiset) {
            return readMap(multiset.element(), ValueReader.COUNT);
        }
        if (type instanceof ColumnType.Map map) {
            return readMap(map.key(), map.value());
        }
        if (type instanceof ColumnType.Struct struct) {
            return readStruct(struct);
        }
        int start = position;
        while (position < text.length() && ENDS.indexOf(text.charAt(position)) < 0) {
            position++;
        }
        return PlainTextReader.readSimple(type, text.substring(start, position));
    }

    private List<Object> readArray(ColumnType.Array type) {
        List<Object> elements = new ArrayList<>();
        expect("[");
        while (!ends("]", elements.isEmpty())) {
            elements.add(read(type.element()));
        }
        return elements;
    }

    private Map<Object, Object> readMap(ColumnType keyType, ColumnType valueType) {
        Map<Object, Object> entries = new LinkedHashMap<>();
        expect("{");
        while (!ends("}", entries.isEmpty())) {
            Object key = read(keyType);
            expect("=");
            entries.put(key, read(valueType));
        }
        return entries;
    }

    private Map<String, Object> readStruct(ColumnType.Struct type) {
        Map<String, Object> values = new LinkedHashMap<>();
        expect("(");
        for (ColumnType.Field field : type.fields()) {
            if (ends(")", values.isEmpty())) {
                throw new IllegalArgumentException("a field is missing");
            }
            values.put(field.name(), read(field.type()));
        }
        expect(")");
        return values;
    }

    /** Whether the end is reached and passed; else, after the first part, passes the comma before the next. */
    private boolean ends(String end, boolean first) {
        if (text.startsWith(end, position)) {
            position += end.length();
            return true;
        }
        if (!first) {
            expect(", ");
        }
        return false;
    }

    private void expect(String sign) {
        if (!text.startsWith(sign, position)) {
            throw new IllegalArgumentException("no '" + sign + "' at position " + position);
        }
        position += sign.length();
    }
}
