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

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.predicate.CastTransform;
import org.apache.paimon.predicate.CompoundPredicate;
import org.apache.paimon.predicate.FieldRef;
import org.apache.paimon.predicate.LeafPredicate;
import org.apache.paimon.predicate.NullTransform;
import org.apache.paimon.predicate.Predicate;
import org.apache.paimon.predicate.PredicateBuilder;
import org.apache.paimon.predicate.PredicateVisitor;
import org.apache.paimon.predicate.Transform;
import org.apache.paimon.reader.RecordReader;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeFamily;
import org.apache.paimon.types.RowType;

/**
 * Rules applied to the columns of one read: rows are read with the columns that filters and masks need besides, filtered
 * by their true values, masked, and cut back to the columns that were asked for. What the reader itself looks for is
 * tested last, so it finds masked values only.
 */
final class BoundRules {

    private final Rules rules;
    private final RowType wanted;
    private final RowType read;
    private final Optional<Predicate> filter;
    private final Map<Integer, Transform> masks = new LinkedHashMap<>();
    private final Optional<Predicate> sought;

    /**
     * @param wanted the columns to give out
     * @param sought what the rows that are given out have to fulfil, as they are given out
     * @throws QueryAuthException if a filter or mask does not suit the columns
     */
    BoundRules(Rules rules, RowType wanted, Optional<Predicate> sought) {
        this.rules = rules;
        this.wanted = wanted;
        Set<String> shown = new HashSet<>(wanted.getFieldNames());
        sought.ifPresent(predicate -> shown.addAll(PredicateVisitor.collectFieldNames(predicate)));
        Map<String, Transform> applied = rules.masksOf(shown);
        this.read = withColumns(wanted, needed(shown, applied));
        this.filter = rules.filters().isEmpty()
                ? Optional.empty()
                : Optional.of(PredicateBuilder.and(rules.filters().stream()
                        .map(each -> each.visit(new Rebinding(true)))
                        .toList()));
        applied.forEach((column, mask) -> masks.put(read.getFieldIndex(column), bound(column, mask)));
        this.sought = sought.map(predicate -> predicate.visit(new Rebinding(false)));
    }

    /** The columns to read from the files. */
    RowType read() {
        return read;
    }

    RecordReader<InternalRow> apply(RecordReader<InternalRow> reader) {
        RecordReader<InternalRow> rows = reader;
        if (filter.isPresent()) {
            Predicate test = filter.get();
            rows = rows.filter(test::test);
        }
        if (!masks.isEmpty() || sought.isPresent() || !read.equals(wanted)) {
            InternalRow.FieldGetter[] getters = getters();
            if (sought.isPresent()) {
                Predicate test = sought.get();
                rows = rows.transform(row -> masked(row, getters, read.getFieldCount()))
                        .filter(test::test);
                InternalRow.FieldGetter[] plain = plainGetters();
                return rows.transform(row -> masked(row, plain, plain.length));
            }
            return rows.transform(row -> masked(row, getters, wanted.getFieldCount()));
        }
        return rows;
    }

    private Set<String> needed(Set<String> shown, Map<String, Transform> applied) {
        Set<String> needed = new LinkedHashSet<>(shown);
        for (Predicate each : rules.filters()) {
            PredicateVisitor.collectFieldNames(each)
                    .forEach(name -> needed.add(rules.input(name).name()));
        }
        for (Transform mask : applied.values()) {
            for (Object input : mask.inputs()) {
                if (input instanceof FieldRef column) {
                    needed.add(rules.input(column.name()).name());
                }
            }
        }
        return needed;
    }

    /** The wanted columns first, as they are wanted, then those that are needed besides. */
    private RowType withColumns(RowType type, Set<String> needed) {
        List<DataField> fields = new ArrayList<>(type.getFields());
        for (DataField field : rules.read().getFields()) {
            if (needed.contains(field.name()) && !type.containsField(field.name())) {
                fields.add(field);
            }
        }
        return type.copy(fields);
    }

    private Transform bound(String column, Transform mask) {
        DataType type = read.getField(column).type();
        if (mask instanceof NullTransform) {
            requireMask(column, type.isNullable(), "gives null, which the column may not be");
            return mask;
        }
        boolean nullable = false;
        for (Object input : mask.inputs()) {
            nullable |= input == null
                    || (input instanceof FieldRef field
                            && rules.input(field.name()).type().isNullable());
        }
        requireMask(column, type.isNullable() || !nullable, "may give null, which the column may not be");
        Transform bound = rebound(mask, true);
        requireMask(column, suits(bound.outputType(), type), "gives values of another type than the column's");
        return bound;
    }

    private void requireMask(String column, boolean fine, String why) {
        if (!fine) {
            throw new QueryAuthException("Table '" + rules.table() + "' cannot be read: the service's mask of column '"
                    + column + "' " + why + ". Have the mask changed in the service, or leave the column out.");
        }
    }

    private Transform rebound(Transform transform, boolean ofService) {
        List<Object> inputs = new ArrayList<>();
        for (Object input : transform.inputs()) {
            inputs.add(input instanceof FieldRef column ? rebound(column, ofService) : input);
        }
        Transform bound = transform.copyWithNewInputs(inputs);
        return bound instanceof CastTransform cast ? new NullSafeCast(cast) : bound;
    }

    /** The column's place among those that are read. */
    private FieldRef rebound(FieldRef column, boolean ofService) {
        String name = ofService ? rules.input(column.name()).name() : column.name();
        DataField field = read.getField(name);
        boolean whole = !ofService
                || field.type().equalsIgnoreNullable(rules.read().getField(name).type());
        if (!whole || (ofService && !sameKind(column.type(), field.type()))) {
            throw new QueryAuthException("Table '" + rules.table() + "' cannot be read: the service restricts it by its"
                    + " column '" + name + "' as " + column.type().asSQLString() + ", but it is read as "
                    + field.type().asSQLString() + ". Have the rule changed in the service.");
        }
        return new FieldRef(read.getFieldIndex(name), name, field.type());
    }

    private static boolean sameKind(DataType one, DataType other) {
        return one.getTypeRoot() == other.getTypeRoot()
                || (one.is(DataTypeFamily.CHARACTER_STRING) && other.is(DataTypeFamily.CHARACTER_STRING));
    }

    private static boolean suits(DataType mask, DataType column) {
        return mask.equalsIgnoreNullable(column)
                || (mask.is(DataTypeFamily.CHARACTER_STRING) && column.is(DataTypeFamily.CHARACTER_STRING));
    }

    private InternalRow.FieldGetter[] getters() {
        InternalRow.FieldGetter[] getters = new InternalRow.FieldGetter[read.getFieldCount()];
        for (int i = 0; i < getters.length; i++) {
            Transform mask = masks.get(i);
            getters[i] =
                    mask == null ? InternalRow.createFieldGetter(read.getTypeAt(i), i) : row -> mask.transform(row);
        }
        return getters;
    }

    private InternalRow.FieldGetter[] plainGetters() {
        InternalRow.FieldGetter[] getters = new InternalRow.FieldGetter[wanted.getFieldCount()];
        for (int i = 0; i < getters.length; i++) {
            getters[i] = InternalRow.createFieldGetter(wanted.getTypeAt(i), i);
        }
        return getters;
    }

    private static InternalRow masked(InternalRow row, InternalRow.FieldGetter[] getters, int columns) {
        GenericRow masked = new GenericRow(row.getRowKind(), columns);
        for (int i = 0; i < columns; i++) {
            masked.setField(i, getters[i].getFieldOrNull(row));
        }
        return masked;
    }

    /** Gives the columns of a predicate their places among those that are read. */
    private final class Rebinding implements PredicateVisitor<Predicate> {

        private final boolean ofService;

        Rebinding(boolean ofService) {
            this.ofService = ofService;
        }

        @Override
        public Predicate visit(LeafPredicate leaf) {
            return LeafPredicate.of(rebound(leaf.transform(), ofService), leaf.function(), leaf.literals());
        }

        @Override
        public Predicate visit(CompoundPredicate compound) {
            return new CompoundPredicate(
                    compound.function(),
                    compound.children().stream().map(child -> child.visit(this)).toList());
        }
    }
}
