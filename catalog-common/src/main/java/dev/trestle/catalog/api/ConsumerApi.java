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

import java.util.OptionalLong;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.consumer.ConsumerInfo;

/** Consumers of a table, which remember up to which snapshot a job has read: see {@link RestApi} for errors. */
public interface ConsumerApi {

    /** One page of consumers. */
    Page<ConsumerInfo> list(Identifier identifier, PageRequest page);

    /**
     * Sets where a consumer goes on; doing it twice is the same as once.
     *
     * @param nextSnapshotId empty forgets the consumer
     */
    void reset(Identifier identifier, String consumer, OptionalLong nextSnapshotId);
}
