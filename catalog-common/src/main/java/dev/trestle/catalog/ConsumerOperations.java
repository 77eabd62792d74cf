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
package dev.trestle.catalog;

import static dev.trestle.catalog.Failures.onTable;

import dev.trestle.catalog.api.ConsumerApi;
import dev.trestle.catalog.api.Page;
import dev.trestle.catalog.api.PageRequest;
import java.util.OptionalLong;
import org.apache.paimon.catalog.Catalog.TableNotExistException;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.consumer.ConsumerInfo;

/** What the operations on consumers mean. */
record ConsumerOperations(SharedClient client) {

    Page<ConsumerInfo> list(Identifier identifier, PageRequest page) throws TableNotExistException {
        return onTable(identifier, () -> consumers().list(identifier, page));
    }

    void reset(Identifier identifier, String consumer, OptionalLong nextSnapshotId) throws TableNotExistException {
        onTable(identifier, () -> {
            consumers().reset(identifier, consumer, nextSnapshotId);
            return null;
        });
    }

    private ConsumerApi consumers() {
        return Capability.require(client.api().consumers(), "use a consumer", "consumers");
    }
}
