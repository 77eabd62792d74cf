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

import dev.trestle.catalog.api.Page;
import dev.trestle.catalog.api.PageRequest;
import dev.trestle.catalog.api.PartitionApi;
import dev.trestle.catalog.api.UnsupportedByServiceException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.catalog.Catalog.TableNotExistException;
import org.apache.paimon.catalog.CatalogUtils;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.partition.Partition;

/**
 * What the operations on partitions mean. Where the service does not keep a table's partitions, they are read from the
 * table's files.
 */
record PartitionOperations(SharedClient client, TableOpener opener) {

    List<Partition> list(Identifier identifier) throws TableNotExistException {
        try {
            return onTable(identifier, () -> Page.all(page -> partitions().list(identifier, page, Optional.empty())));
        } catch (UnsupportedByServiceException e) {
            return CatalogUtils.listPartitionsFromFileSystem(opener.open(identifier));
        }
    }

    Page<Partition> list(Identifier identifier, PageRequest page, Optional<String> namePattern)
            throws TableNotExistException {
        try {
            return onTable(identifier, () -> partitions().list(identifier, page, namePattern));
        } catch (UnsupportedByServiceException e) {
            return new Page<>(CatalogUtils.listPartitionsFromFileSystem(opener.open(identifier)), Optional.empty());
        }
    }

    List<Partition> listByNames(Identifier identifier, List<Map<String, String>> specs) throws TableNotExistException {
        try {
            return onTable(identifier, () -> partitions().listByNames(identifier, specs));
        } catch (UnsupportedByServiceException e) {
            return CatalogUtils.listPartitionsFromFileSystem(opener.open(identifier), specs);
        }
    }

    /** Marks partitions as complete. A service that does not keep partitions has nothing to mark. */
    void markDone(Identifier identifier, List<Map<String, String>> specs) throws TableNotExistException {
        try {
            onTable(identifier, () -> {
                client.outcomes()
                        .settle(
                                () -> partitions().markDone(identifier, specs),
                                () -> isMarked(identifier, specs),
                                "Look at the partitions of table '" + identifier.getFullName() + "'");
                return null;
            });
        } catch (UnsupportedByServiceException e) {
            return;
        }
    }

    private boolean isMarked(Identifier identifier, List<Map<String, String>> specs) {
        List<Partition> found = partitions().listByNames(identifier, specs);
        return found.size() == specs.size() && found.stream().allMatch(Partition::done);
    }

    private PartitionApi partitions() {
        return client.api().partitions();
    }
}
