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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.paimon.types.RowType;
import org.apache.paimon.view.View;
import org.apache.paimon.view.ViewChange;

/** What brings a stored view to what Spark wants it to be, as far as the REST API changes views. */
final class ViewChanges {

    private ViewChanges() {}

    /**
     * Whether names, types and comments are the same to Spark, whose queries have fewer types than the service keeps; whether a
     * column may be null is what the query says at the time.
     */
    static boolean haveSameColumns(View before, View after) {
        return described(before.rowType()).equals(described(after.rowType()));
    }

    private static List<String> described(RowType columns) {
        return columns.getFields().stream()
                .map(field -> field.name() + " "
                        + StoredView.typeInQueries(field.type()).catalogString() + " " + field.description())
                .toList();
    }

    /** Spark's query, and the properties. */
    static List<ViewChange> ofQuery(View before, View after) {
        List<ViewChange> changes = new ArrayList<>();
        changes.add(
                StoredView.dialects(before).containsKey(StoredView.DIALECT)
                        ? ViewChange.updateDialect(StoredView.DIALECT, after.query())
                        : ViewChange.addDialect(StoredView.DIALECT, after.query()));
        changes.addAll(ofProperties(before, after));
        return changes;
    }

    /** Properties and the comment; those that the service or another engine keeps stay. */
    static List<ViewChange> ofProperties(View before, View after) {
        List<ViewChange> changes = new ArrayList<>();
        Map<String, String> old = before.options();
        old.keySet().stream()
                .filter(key ->
                        !StoredView.AUDIT.contains(key) && !after.options().containsKey(key))
                .forEach(key -> changes.add(ViewChange.removeOption(key)));
        after.options().forEach((key, value) -> {
            if (!value.equals(old.get(key))) {
                changes.add(ViewChange.setOption(key, value));
            }
        });
        if (!after.comment().equals(before.comment())) {
            changes.add(ViewChange.updateComment(after.comment().orElse(null)));
        }
        return changes;
    }
}
