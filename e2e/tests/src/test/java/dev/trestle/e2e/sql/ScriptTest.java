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
package dev.trestle.e2e.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScriptTest {

    @Test
    void splitsAtSemicolonsAndKnowsTheLines() {
        assertThat(new Script("SELECT 1;\n\n  SELECT\n  2 ;\nSELECT 3").statements())
                .containsExactly(
                        new Statement("SELECT 1", 1), new Statement("SELECT\n  2", 3), new Statement("SELECT 3", 5));
    }

    @Test
    void leavesTextsNamesAndCommentsAlone() {
        String script =
                """
                SELECT 'a;''b;', `c;``d;`, "e;" -- f;
                /* g; */ FROM t /*+ OPTIONS('h' = 'i;') */;
                SELECT 2;
                """;

        assertThat(new Script(script).statements()).extracting(Statement::line).containsExactly(1, 3);
    }

    @Test
    void passesOverWhatIsEmptyOrACommentOnly() {
        assertThat(new Script(" ;\n-- nothing\n;; /* nothing */").statements()).isEmpty();
    }

    @Test
    void aCommentBeforeAStatementDoesNotMoveItsLine() {
        assertThat(new Script("-- one\n/* two\n*/ SELECT 1;").statements())
                .extracting(Statement::line)
                .containsExactly(3);
    }

    @Test
    void aStatementSetIsOneStatement() {
        String set = "EXECUTE STATEMENT SET\nBEGIN\nINSERT INTO a SELECT 1;\nINSERT INTO b SELECT 'END;';\nEND";

        assertThat(new Script(set + ";\nSELECT 1;").statements())
                .extracting(Statement::text)
                .containsExactly(set, "SELECT 1");
    }

    @Test
    void whatIsNotClosedGoesToTheEnd() {
        assertThat(new Script("SELECT 'a; SELECT 2;").statements())
                .extracting(Statement::text)
                .containsExactly("SELECT 'a; SELECT 2;");
        assertThat(new Script("SELECT 1; /* no end; SELECT 2;").statements()).hasSize(1);
    }
}
