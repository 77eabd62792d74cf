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

import static java.util.Objects.requireNonNull;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogLoader;
import org.apache.paimon.catalog.DelegateCatalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.options.Options;
import org.apache.paimon.partition.Partition;
import org.apache.paimon.table.CatalogEnvironment;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.FileStoreTableFactory;
import org.apache.paimon.table.system.PartitionsTable;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataTypeFamily;
import org.apache.paimon.types.DataTypeRoot;
import org.apache.paimon.types.RowType;

/**
 * The system table {@code $partitions} of a table that is partitioned by times. A service lists a time as Java writes it,
 * {@code 2026-01-31T13:00} and in UTC, which Paimon's system table cannot parse: it gets the form that it can.
 */
final class TimePartitions {

    private static final DateTimeFormatter PARSED = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss[.SSSSSSSSS]");

    private TimePartitions() {}

    /** Whether a table has such keys. */
    static boolean areOf(RowType columns, List<String> keys) {
        return keys.stream().anyMatch(key -> columns.getField(key).type().is(DataTypeFamily.TIMESTAMP));
    }

    static PartitionsTable systemTable(FileStoreTable table) {
        Map<String, Boolean> times = table.schema().logicalPartitionType().getFields().stream()
                .filter(key -> key.type().is(DataTypeFamily.TIMESTAMP))
                .collect(Collectors.toMap(
                        DataField::name, key -> key.type().is(DataTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE)));
        Options options = new Options();
        options.set(CoreOptions.PARTITION_GENERATE_LEGACY_NAME, false);
        return new PartitionsTable(FileStoreTableFactory.createWithoutFallbackBranch(
                table.fileIO(),
                table.location(),
                table.schema(),
                options,
                new Environment(table.catalogEnvironment(), times)));
    }

    private static String parsable(String text, boolean isOfZone) {
        try {
            LocalDateTime time = LocalDateTime.parse(text);
            return PARSED.format(
                    isOfZone
                            ? time.atOffset(ZoneOffset.UTC).atZoneSameInstant(ZoneId.systemDefault())
                            : time.atZone(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            // In another form, or the name for no value.
            return text;
        }
    }

    private static final class Environment extends CatalogEnvironment {

        private static final long serialVersionUID = 1L;

        private final CatalogEnvironment environment;
        private final Map<String, Boolean> times;

        Environment(CatalogEnvironment environment, Map<String, Boolean> times) {
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
            this.times = new HashMap<>(times);
        }

        @Override
        public CatalogEnvironment copy(Identifier identifier) {
            return new Environment(environment.copy(identifier), times);
        }

        @Override
        public CatalogLoader catalogLoader() {
            CatalogLoader loader = super.catalogLoader();
            return loader == null ? null : new Loader(loader, times);
        }
    }

    private record Loader(CatalogLoader loader, Map<String, Boolean> times) implements CatalogLoader {

        @Override
        public Catalog load() {
            return new Listing(loader.load(), times);
        }
    }

    private static final class Listing extends DelegateCatalog {

        private final Map<String, Boolean> times;

        Listing(Catalog catalog, Map<String, Boolean> times) {
            super(catalog);
            this.times = times;
        }

        @Override
        public CatalogLoader catalogLoader() {
            return wrapped.catalogLoader();
        }

        @Override
        public List<Partition> listPartitions(Identifier identifier) throws TableNotExistException {
            return wrapped.listPartitions(identifier).stream()
                    .map(this::parsable)
                    .toList();
        }

        private Partition parsable(Partition partition) {
            Map<String, String> spec = new HashMap<>(partition.spec());
            times.forEach((key, isOfZone) ->
                    spec.computeIfPresent(key, (unused, text) -> TimePartitions.parsable(text, isOfZone)));
            return new Partition(
                    spec,
                    partition.recordCount(),
                    partition.fileSizeInBytes(),
                    partition.fileCount(),
                    partition.lastFileCreationTime(),
                    partition.totalBuckets(),
                    partition.done(),
                    partition.createdAt(),
                    partition.createdBy(),
                    partition.updatedAt(),
                    partition.updatedBy(),
                    partition.options());
        }
    }
}
