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
package dev.trestle.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.server.fault.Fault;
import dev.trestle.server.fault.ProxiedRequest;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a view where something fails while another query with other columns takes its place. */
class ViewFaultTest extends FaultyCatalogFixture {

    private static final Predicate<ProxiedRequest> CREATE = ProxiedRequest.that("POST", "/views$");
    private static final Predicate<ProxiedRequest> DROP = ProxiedRequest.that("DELETE", "/views/[^/]*$");
    private static final Predicate<ProxiedRequest> RENAME = ProxiedRequest.that("POST", "/views/rename$");
    private static final String OLD = "SELECT 1 AS old";

    @Override
    Map<String, String> patience() {
        return Map.of("http.max-attempts", "2", "http.deadline", "3 s");
    }

    private void replace(String view) {
        faulty.run("CREATE OR REPLACE VIEW " + view + " AS SELECT 2 AS other, 'x' AS text");
    }

    private void assertIsAsItWas(String view) {
        assertThat(rows("SELECT old FROM " + view)).containsExactly("[1]");
        assertThat(rows("SHOW VIEWS LIKE '" + view + "*'")).containsExactly("[d," + view + ",false]");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 500})
    void aViewIsAsItWasWhereTheServiceMakesNoOther(int status) {
        String view = "refused_" + status;
        run("CREATE VIEW " + view + " AS " + OLD);
        proxy.inject(Fault.answer(status), CREATE, 0, 10);

        assertThatThrownBy(() -> replace(view)).hasMessageContaining("Could not replace view d." + view);

        assertIsAsItWas(view);
    }

    @Test
    void aViewIsAsItWasWhereTheServiceGoesDownBefore() {
        run("CREATE VIEW down_before AS " + OLD);
        proxy.inject(Fault.goDown(), CREATE);

        Throwable thrown = catchThrowable(() -> replace("down_before"));
        proxy.revive();

        assertThat(thrown).hasMessageContaining("Could not replace view d.down_before");
        assertIsAsItWas("down_before");
    }

    @Test
    void aViewIsAsItWasWhereTheServiceDoesNotDropIt() {
        run("CREATE VIEW undropped AS " + OLD);
        proxy.inject(Fault.answer(403), DROP);

        assertThatThrownBy(() -> replace("undropped")).hasMessageContaining("Could not replace view d.undropped");

        assertIsAsItWas("undropped");
    }

    @Test
    void aViewIsReplacedThoughTheAnswerToTheRenameIsLost() {
        run("CREATE VIEW lost AS " + OLD);
        proxy.inject(Fault.cutAfter(), RENAME);

        replace("lost");

        assertThat(rows("SELECT * FROM lost")).containsExactly("[2,x]");
        assertThat(rows("SHOW VIEWS LIKE 'lost*'")).containsExactly("[d,lost,false]");
    }

    @Test
    void aViewThatIsGoneIsToldWithBothQueriesAndWhatToDo() {
        run("CREATE VIEW gone AS " + OLD);
        proxy.inject(Fault.answer(403), RENAME);

        assertThatThrownBy(() -> replace("gone"))
                .hasMessageContaining("View d.gone is not replaced, and may be gone")
                .hasMessageContaining("What was to take its place is view d.gone__replacement_")
                .hasMessageContaining("with the query: " + OLD);

        String made =
                session.sql("SHOW VIEWS LIKE 'gone*'").collectAsList().get(0).getString(1);
        assertThat(made).startsWith("gone__replacement_");
        run("ALTER VIEW " + made + " RENAME TO gone");
        assertThat(rows("SELECT * FROM gone")).containsExactly("[2,x]");
    }
}
