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

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.catalog.TableQueryAuthResult;
import org.apache.paimon.table.CatalogEnvironment;
import org.apache.paimon.table.PartitionModification;
import org.apache.paimon.table.source.TableQueryAuth;
import org.apache.paimon.table.source.TableScan;

/**
 * What Paimon's own scans ask, such as the one of lookup joins, which is made past the table's: they get splits that the
 * table's reads know. Paimon itself asks nobody where a table is external.
 */
final class AuthorizedEnvironment extends CatalogEnvironment {

    private static final long serialVersionUID = 1L;

    private final CatalogEnvironment environment;
    private final QueryAuth auth;

    AuthorizedEnvironment(CatalogEnvironment environment, QueryAuth auth) {
        super(
                environment.identifier(),
                environment.uuid(),
                environment.catalogLoader(),
                environment.lockFactory(),
                environment.lockContext(),
                environment.catalogContext(),
                environment.supportsVersionManagement(),
                false);
        this.environment = requireNonNull(environment, "environment is null");
        this.auth = requireNonNull(auth, "auth is null");
    }

    @Override
    public CatalogEnvironment copy(Identifier identifier) {
        return new AuthorizedEnvironment(environment.copy(identifier), auth);
    }

    @Override
    public PartitionModification partitionModification() {
        return environment.partitionModification();
    }

    @Override
    public TableQueryAuth tableQueryAuth(CoreOptions options) {
        QueryAuth asked = auth;
        return select -> new Answer(asked.permission(Optional.ofNullable(select)));
    }

    private static final class Answer extends TableQueryAuthResult {

        private static final long serialVersionUID = 1L;

        private final ReadPermission permission;

        Answer(ReadPermission permission) {
            super(filters(permission), masks(permission));
            this.permission = permission;
        }

        private static List<String> filters(ReadPermission permission) {
            return permission instanceof ReadPermission.Restricted restricted ? restricted.filters() : List.of();
        }

        private static Map<String, String> masks(ReadPermission permission) {
            return permission instanceof ReadPermission.Restricted restricted ? restricted.masks() : Map.of();
        }

        @Override
        public TableScan.Plan convertPlan(TableScan.Plan plan) {
            return AuthorizedSplit.of(plan, permission);
        }
    }
}
