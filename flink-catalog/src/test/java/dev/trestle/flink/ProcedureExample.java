package dev.trestle.flink;

import java.util.ArrayList;
import java.util.List;

/**
 * A call of one of Paimon's procedures: what is run before, the call and what it answers, and what a query then finds.
 * {@code ${conf}} stands for the options of the catalog in the procedures' own notation, {@code ${time}} for the time at
 * which table {@code t} got its first snapshot.
 */
record ProcedureExample(
        String procedure, List<String> before, String call, List<String> answer, String query, List<String> found) {

    static ProcedureExample of(String procedure) {
        return new ProcedureExample(procedure, List.of(), "", List.of(), "", List.of());
    }

    ProcedureExample given(String... statements) {
        List<String> all = new ArrayList<>(before);
        all.addAll(List.of(statements));
        return new ProcedureExample(procedure, all, call, answer, query, found);
    }

    /** @param arguments of the call, as they stand between its parentheses */
    ProcedureExample calledWith(String arguments) {
        return new ProcedureExample(
                procedure, before, "CALL sys." + procedure + "(" + arguments + ")", answer, query, found);
    }

    ProcedureExample answers(String... rows) {
        return new ProcedureExample(procedure, before, call, List.of(rows), query, found);
    }

    ProcedureExample then(String after, String... rows) {
        return new ProcedureExample(procedure, before, call, answer, after, List.of(rows));
    }

    @Override
    public String toString() {
        return procedure;
    }
}
