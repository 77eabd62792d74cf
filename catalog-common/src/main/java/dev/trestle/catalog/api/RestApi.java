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
package dev.trestle.catalog.api;

import java.util.Map;
import java.util.Optional;

/**
 * A catalog service in one dialect, resource by resource. A resource that the dialect does not have is empty, so that a
 * caller can refuse before any request is sent. Safe for use by many threads.
 *
 * <p>Every method of a resource throws {@link ServiceException} when the service refused, failed or could not be reached, and
 * {@link OutcomeUncertainException} where a change may or may not have been applied.
 */
public interface RestApi {

    /**
     * What the service tells its clients to use.
     *
     * @param defaults apply where the user said nothing
     * @param overrides apply whatever the user said
     */
    record Config(Map<String, String> defaults, Map<String, String> overrides) {

        public Config {
            defaults = Map.copyOf(defaults);
            overrides = Map.copyOf(overrides);
        }
    }

    /** The databases of the catalog. */
    DatabaseApi databases();

    /** The tables of the catalog. */
    TableApi tables();

    /** The partitions of a table. */
    PartitionApi partitions();

    /** Snapshots and commits; empty in a dialect whose service does not manage versions. */
    Optional<SnapshotApi> snapshots();

    /** Branches; empty in a dialect that has none. */
    Optional<BranchApi> branches();

    /** Tags; empty in a dialect that has none. */
    Optional<TagApi> tags();

    /** Consumers; empty in a dialect that has none. */
    Optional<ConsumerApi> consumers();

    /** Views; empty in a dialect that has none. */
    Optional<ViewApi> views();

    /** Functions; empty in a dialect that has none. */
    Optional<FunctionApi> functions();

    /** Query authorization; empty in a dialect that has none. */
    Optional<QueryAuthApi> queryAuth();

    /** Credentials for the tables' files; empty in a dialect that vends none. */
    Optional<DataTokenApi> dataTokens();
}
