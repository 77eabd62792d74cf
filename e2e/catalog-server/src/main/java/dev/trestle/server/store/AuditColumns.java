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
package dev.trestle.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.Update;

/** The audit columns, which several tables have alike. */
final class AuditColumns {

    static final String NAMES = "owner, created_at, created_by, updated_at, updated_by";
    static final String PARAMETERS = ":owner, :createdAt, :createdBy, :updatedAt, :updatedBy";

    private AuditColumns() {}

    static Audit read(ResultSet row) throws SQLException {
        return new Audit(
                row.getString("owner"),
                row.getLong("created_at"),
                row.getString("created_by"),
                row.getLong("updated_at"),
                row.getString("updated_by"));
    }

    static Update bind(Update update, Audit audit) {
        return update.bind("owner", audit.owner())
                .bind("createdAt", audit.createdAt())
                .bind("createdBy", audit.createdBy())
                .bind("updatedAt", audit.updatedAt())
                .bind("updatedBy", audit.updatedBy());
    }
}
