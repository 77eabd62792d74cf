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
package dev.trestle.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.flink.procedure.CompactProcedure;
import dev.trestle.flink.procedure.DataEvolutionMergeIntoProcedure;
import dev.trestle.flink.procedure.DropPartitionProcedure;
import dev.trestle.flink.procedure.ExpirePartitionsProcedure;
import dev.trestle.flink.procedure.MergeIntoProcedure;
import dev.trestle.flink.procedure.PurgeFilesProcedure;
import dev.trestle.flink.procedure.RescaleProcedure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.util.ExceptionUtils;
import org.apache.paimon.catalog.Identifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        String time = example.call().contains("${time}")
                        || example.answer().toString().contains("${time}")
                ? Long.toString(other.loadSnapshot(Identifier.create("d", "t"), "1")
                        .orElseThrow()
                        .timeMillis())
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

    @Test
    void cloneTakesASecretFromAFile() throws Exception {
        session.run("CREATE TABLE t (id INT)").run("INSERT INTO t VALUES (1)");
        Path file = Files.writeString(warehouse.resolve("token"), TOKEN);
        String conf = configuration().replace("token=" + TOKEN, "token=${file:" + file + "}");
        assertThat(conf).doesNotContain(TOKEN);

        session.sql("CALL sys.clone(database => 'd', `table` => 't', catalog_conf => '" + conf
                + "', target_database => 'd', target_table => 'u', target_catalog_conf => '" + conf
                + "', clone_from => 'paimon')");

        assertThat(rows("SELECT * FROM u")).containsExactly("[1]");
    }

    /** The options of the catalog as the arguments of Paimon's procedures have them. */
    private String configuration() {
        List<String> options = new ArrayList<>();
        options().forEach((key, value) -> options.add((key.equals("type") ? "metastore" : key) + "=" + value));
        return String.join(";", options);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                CompactProcedure.class,
                DataEvolutionMergeIntoProcedure.class,
                DropPartitionProcedure.class,
                ExpirePartitionsProcedure.class,
                MergeIntoProcedure.class,
                PurgeFilesProcedure.class,
                RescaleProcedure.class
            })
    void takesTheArgumentsOfPaimons(Class<?> procedure) {
        assertThat(arguments(procedure)).isEqualTo(arguments(procedure.getSuperclass()));
    }

    @SuppressWarnings("deprecation") // Where Paimon's procedures have them.
    private static List<ArgumentHint> arguments(Class<?> procedure) {
        return Stream.of(procedure.getDeclaredMethods())
                .filter(method -> method.getName().equals("call"))
                .map(method -> method.getAnnotation(ProcedureHint.class))
                .filter(Objects::nonNull)
                .flatMap(hint -> Stream.of(hint.argument(), hint.arguments()).flatMap(Stream::of))
                .toList();
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
        FlinkSession streaming = open(FlinkSession.streaming()).run("USE d").set("table.dml-sync", "false");
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
            assertThatThrownBy(() -> session.sql(call)).as(call).satisfies(thrown -> assertThat(
                            ExceptionUtils.stringifyException(thrown))
                    .doesNotContain(TOKEN));
        }
    }
}
