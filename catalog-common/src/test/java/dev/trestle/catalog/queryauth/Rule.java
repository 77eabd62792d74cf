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
package dev.trestle.catalog.queryauth;

/** Filters and masks in the JSON of the REST API, word for word. */
final class Rule {

    private Rule() {}

    static String column(String name, String type) {
        return "{\"index\":0,\"name\":\"" + name + "\",\"type\":\"" + type + "\"}";
    }

    /** A filter by one column. */
    static String filter(String column, String type, String function, String literals) {
        return filter(field(column, type), function, literals);
    }

    /** A filter by what a transform gives. */
    static String filter(String transform, String function, String literals) {
        return "{\"kind\":\"LEAF\",\"transform\":" + transform + ",\"function\":\"" + function + "\",\"literals\":["
                + literals + "]}";
    }

    /** Filters as one: {@code AND} or {@code OR}. */
    static String compound(String function, String... filters) {
        return "{\"kind\":\"COMPOUND\",\"function\":\"" + function + "\",\"children\":[" + String.join(",", filters)
                + "]}";
    }

    /** The value of a column. */
    static String field(String column, String type) {
        return "{\"name\":\"FIELD_REF\",\"fieldRef\":" + column(column, type) + "}";
    }

    /** A transform of columns and texts. */
    static String transform(String name, String... inputs) {
        return "{\"name\":\"" + name + "\",\"inputs\":[" + String.join(",", inputs) + "]}";
    }

    static String cast(String column, String from, String to) {
        return "{\"name\":\"CAST\",\"fieldRef\":" + column(column, from) + ",\"type\":\"" + to + "\"}";
    }

    static String nothing() {
        return "{\"name\":\"NULL\"}";
    }
}
