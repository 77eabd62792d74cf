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
package dev.trestle.trino.read;

import static io.trino.spi.session.PropertyMetadata.booleanProperty;

import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.session.PropertyMetadata;
import java.util.List;

/** The session properties that have to do with reading. */
public final class ReadSessionProperties {

    private static final String PROJECTION_PUSHDOWN_ENABLED = "projection_pushdown_enabled";

    private ReadSessionProperties() {}

    public static List<PropertyMetadata<?>> properties() {
        return List.of(booleanProperty(
                PROJECTION_PUSHDOWN_ENABLED,
                "Whether a field of a row is read without the fields beside it",
                true,
                false));
    }

    static boolean isProjectionPushdownEnabled(ConnectorSession session) {
        return session.getProperty(PROJECTION_PUSHDOWN_ENABLED, Boolean.class);
    }
}
