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
package dev.trestle.server.catalog;

import dev.trestle.server.catalog.CatalogException.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.consumer.Consumer;

/** How far the named readers of tables and branches are, in files that these write themselves. Thread-safe. */
public final class Consumers {

    private final TableLocator locator;

    Consumers(TableLocator locator) {
        this.locator = locator;
    }

    /** Consumers in byte order of their names, each with the snapshot that it reads next. */
    public Page<Map.Entry<String, Long>> list(Identifier identifier, PageRequest page) {
        return Page.of(locator.read(identifier, table -> list(table, page)), page.limit(), Map.Entry::getKey);
    }

    private static List<Map.Entry<String, Long>> list(LocatedTable table, PageRequest page) {
        Schemas.ofPaimonTable(table);
        try {
            return table.files().consumers().consumers().entrySet().stream()
                    .filter(consumer -> page.after().isEmpty()
                            || consumer.getKey().compareTo(page.after().get()) > 0)
                    .sorted(Map.Entry.comparingByKey())
                    .limit(page.probe())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets what a consumer reads next, or forgets the consumer; one that is not there is made, or stays away. */
    public void reset(Identifier identifier, String name, Optional<Long> nextSnapshot) {
        Names.checkFile("consumer", name);
        locator.locked(identifier, table -> {
            Schemas.ofPaimonTable(table);
            if (nextSnapshot.isEmpty()) {
                table.files().consumers().deleteConsumer(name);
                return table;
            }
            long next = nextSnapshot.get();
            if (!table.files().snapshots().snapshotExists(next)) {
                throw CatalogException.notFound(
                        Resource.SNAPSHOT,
                        String.valueOf(next),
                        "Table " + table.fullName() + " has no snapshot " + next + ".");
            }
            table.files().consumers().resetConsumer(name, new Consumer(next));
            return table;
        });
    }
}
