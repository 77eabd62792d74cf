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
package dev.trestle.trino;

import static io.trino.testing.TestingConnectorSession.SESSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.catalog.http.CallContext;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.RelationColumnsMetadata;
import io.trino.spi.connector.SchemaTableName;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class QueryScopeTest {

    /** Answers with the query that it works for. */
    private static final class Asked implements ConnectorMetadata {

        @Override
        public List<String> listSchemaNames(ConnectorSession session) {
            return List.of(CallContext.queryId().orElse("none"));
        }

        @Override
        public Iterator<RelationColumnsMetadata> streamRelationColumns(
                ConnectorSession session,
                Optional<String> schemaName,
                UnaryOperator<Set<SchemaTableName>> relationFilter) {
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return CallContext.queryId().equals(Optional.of(SESSION.getQueryId()));
                }

                @Override
                public RelationColumnsMetadata next() {
                    throw new UnsupportedOperationException("nothing is there");
                }
            };
        }

        @Override
        public void dropSchema(ConnectorSession session, String schemaName, boolean cascade) {
            throw new IllegalStateException("no");
        }
    }

    private final ConnectorMetadata metadata = QueryScope.of(ConnectorMetadata.class, new Asked());

    @Test
    void aCallWithASessionIsForItsQuery() {
        assertThat(metadata.listSchemaNames(SESSION)).containsExactly(SESSION.getQueryId());
        assertThat(CallContext.queryId()).isEmpty();
    }

    @Test
    void whatACallAnswersGoesOnWorkingForTheQuery() {
        assertThat(metadata.streamRelationColumns(SESSION, Optional.empty(), UnaryOperator.identity())
                        .hasNext())
                .isTrue();
    }

    @Test
    void whatIsThrownIsThrownAsItIs() {
        assertThatThrownBy(() -> metadata.dropSchema(SESSION, "s", false))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("no");
    }
}
