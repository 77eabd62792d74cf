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
package dev.trestle.trino.write;

import static io.trino.spi.session.PropertyMetadata.enumProperty;

import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.session.PropertyMetadata;
import java.util.List;

/** The session properties that have to do with writing. */
public final class WriteSessionProperties {

    static final String INSERT_MODE = "insert_mode";

    private WriteSessionProperties() {}

    public static List<PropertyMetadata<?>> properties() {
        return List.of(enumProperty(
                INSERT_MODE,
                "What becomes of existing rows on INSERT: APPEND keeps them, OVERWRITE_PARTITIONS replaces those of"
                        + " the partitions that get rows, OVERWRITE_TABLE replaces all",
                InsertMode.class,
                InsertMode.APPEND,
                false));
    }

    static InsertMode insertMode(ConnectorSession session) {
        return session.getProperty(INSERT_MODE, InsertMode.class);
    }
}
