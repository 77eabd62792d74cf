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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.RowType;
import org.apache.paimon.view.View;
import org.apache.paimon.view.ViewChange;

/** What gives a view that other engines use another query for Trino. */
final class ViewChanges {

    private ViewChanges() {}

    /** Whether names and types are the same; whether a column may be null is what the query says at the time. */
    static boolean haveSameColumns(View before, View after) {
        return nullable(before.rowType()).equals(nullable(after.rowType()));
    }

    private static List<String> nullable(RowType columns) {
        List<String> described = new ArrayList<>();
        for (DataField field : columns.getFields()) {
            described.add(field.name() + " " + field.type().copy(true).asSQLString());
        }
        return described;
    }

    /** Trino's query, its options and the comment; all else stays. */
    static List<ViewChange> between(View before, View after) {
        List<ViewChange> changes = new ArrayList<>();
        String query = after.query();
        if (!StoredView.dialects(before).containsKey(StoredView.DIALECT)) {
            changes.add(ViewChange.addDialect(StoredView.DIALECT, query));
        } else if (!query.equals(StoredView.dialects(before).get(StoredView.DIALECT))) {
            changes.add(ViewChange.updateDialect(StoredView.DIALECT, query));
        }
        Map<String, String> old = before.options();
        old.keySet().stream()
                .filter(key ->
                        key.startsWith(StoredView.OPTIONS) && !after.options().containsKey(key))
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
