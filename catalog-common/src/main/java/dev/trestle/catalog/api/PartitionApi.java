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

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.partition.Partition;

/**
 * Partitions of a table: see {@link RestApi} for errors. A service that does not keep partitions answers each operation
 * with {@link UnsupportedByServiceException}.
 */
public interface PartitionApi {

    /** One page of partitions, with their statistics. */
    Page<Partition> list(Identifier identifier, PageRequest page, Optional<String> namePattern);

    /** The partitions among those named that exist. */
    List<Partition> listByNames(Identifier identifier, List<Map<String, String>> specs);

    /** Marks partitions as complete; doing it twice is the same as once. */
    void markDone(Identifier identifier, List<Map<String, String>> specs);
}
