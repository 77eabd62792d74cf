package dev.trestle.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.util.ExceptionUtils;
import org.apache.paimon.catalog.Identifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Paimon's procedures: each of them is called here, or refused. */
class ProceduresTest extends CatalogFixture {

    /** Runs until it is stopped, so it has a test of its own. */
    private static final String ENDLESS = "query_service";

    static List<ProcedureExample> examples() {
        return ProcedureExamples.all();
    }

    static Stream<String> refused() {
        return RefusedProcedures.INSTEAD.keySet().stream().sorted();
    }

    @Test
    void everyProcedureOfPaimonsIsCalledOrRefusedHere() {
        List<String> here = new ArrayList<>(
                examples().stream().map(ProcedureExample::procedure).toList());
        here.addAll(refused().toList());
        here.add(ENDLESS);
        assertThat(here)
                .as("add an example of the procedures that are missing")
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(Procedures.registered());
        assertThat(session.column("SHOW PROCEDURES FROM sys")).containsExactlyElementsOf(Procedures.registered());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isCalled(ProcedureExample example) throws Exception {
        for (String statement : example.before()) {
            session.sql(statement);
        }
        String time = example.call().contains("${time}") || example.answer().toString().contains("${time}")
                ? Long.toString(other.loadSnapshot(Identifier.create("d", "t"), "1").orElseThrow().timeMillis())
                : "";
        String call = example.call().replace("${time}", time).replace("${conf}", configuration());

        List<String> answer = rows(call);

        assertThat(answer)
                .containsExactlyInAnyOrderElementsOf(example.answer().stream()
                        .map(row -> row.replace("${time}", time))
                        .toList());
        assertThat(answer.toString()).doesNotContain(TOKEN);
        if (!example.query().isEmpty()) {
            assertThat(rows(example.query())).containsExactlyElementsOf(example.found());
        }
    }

    /** The options of the catalog as the arguments of Paimon's procedures have them. */
    private String configuration() {
        List<String> options = new ArrayList<>();
        options().forEach((key, value) -> options.add((key.equals("type") ? "metastore" : key) + "=" + value));
        return String.join(";", options);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void isRefusedWithWhatToDoInstead(String procedure) {
        assertThatThrownBy(() -> session.sql("CALL sys." + procedure + "()"))
                .hasStackTraceContaining("CALL sys." + procedure + " is not possible in this catalog. "
                        + RefusedProcedures.INSTEAD.get(procedure));
    }

    @Test
    void theQueryServiceRunsUntilItIsStopped() throws Exception {
        session.run("CREATE TABLE t (id INT NOT NULL, v INT, PRIMARY KEY (id) NOT ENFORCED) WITH ('bucket'='1')");
        FlinkSession streaming =
                open(FlinkSession.streaming()).run("USE d").set("table.dml-sync", "false");
        Pattern started = Pattern.compile("\\[JobID=([0-9a-f]+)]");

        String answer = streaming.rows("CALL sys.query_service('d.t', 1)").get(0);

        Matcher job = started.matcher(answer);
        assertThat(job.matches()).as(answer).isTrue();
        FlinkCluster.shared().cancel(job.group(1));
        streaming.close();
    }

    @Test
    void aProcedureThatDoesNotExistIsNotFound() {
        assertThatThrownBy(() -> session.sql("CALL sys.no_such()")).hasStackTraceContaining("no_such");
        assertThatThrownBy(() -> session.sql("CALL d.compact('d.t')")).hasStackTraceContaining("compact");
    }

    @Test
    void theTokenIsNotInWhatAFailedCallSays() {
        for (String call : List.of(
                "CALL sys.compact('d.none')",
                "CALL sys.compact_database(including_databases => 'none')",
                "CALL sys.remove_unexisting_manifests('d.none')",
                "CALL sys.remove_orphan_files('d.none')",
                "CALL sys.rescale(`table` => 'd.none')",
                "CALL sys.merge_into('d.none', '', '', 'd.s', 'a = b', '', 'a = b', '', '', '', '', '', '')")) {
            assertThatThrownBy(() -> session.sql(call))
                    .as(call)
                    .satisfies(thrown ->
                            assertThat(ExceptionUtils.stringifyException(thrown)).doesNotContain(TOKEN));
        }
    }
}
