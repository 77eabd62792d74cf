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
package dev.trestle.trino;

import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.airlift.configuration.Config;
import io.airlift.configuration.ConfigDescription;
import io.airlift.units.DataSize;
import io.airlift.units.Duration;
import io.airlift.units.MinDuration;
import io.trino.parquet.ParquetReaderOptions;
import jakarta.validation.constraints.NotNull;
import java.util.Set;

/** The properties that belong to this connector alone; those that all engines share are checked by the core. */
public class TrestleConfig {

    private static final String DYNAMIC_FILTERING_WAIT_TIMEOUT = "trestle.dynamic-filtering.wait-timeout";

    private static final String REMOVE_ORPHAN_FILES_MIN_RETENTION = "trestle.remove-orphan-files.min-retention";

    private static final String PARQUET_SMALL_FILE_THRESHOLD = "trestle.parquet.small-file-threshold";

    /** Every property of this class. */
    static final Set<String> PROPERTIES =
            Set.of(DYNAMIC_FILTERING_WAIT_TIMEOUT, REMOVE_ORPHAN_FILES_MIN_RETENTION, PARQUET_SMALL_FILE_THRESHOLD);

    private Duration dynamicFilteringWaitTimeout = new Duration(1, SECONDS);
    private Duration removeOrphanFilesMinRetention = new Duration(1, DAYS);
    private DataSize parquetSmallFileThreshold =
            ParquetReaderOptions.defaultOptions().getSmallFileThreshold();

    @NotNull
    @MinDuration("0ms")
    public Duration getDynamicFilteringWaitTimeout() {
        return dynamicFilteringWaitTimeout;
    }

    @Config(DYNAMIC_FILTERING_WAIT_TIMEOUT)
    @ConfigDescription("How long a scan waits for the dynamic filters of its joins before it is planned")
    public TrestleConfig setDynamicFilteringWaitTimeout(Duration dynamicFilteringWaitTimeout) {
        this.dynamicFilteringWaitTimeout = dynamicFilteringWaitTimeout;
        return this;
    }

    @NotNull
    @MinDuration("0ms")
    public Duration getRemoveOrphanFilesMinRetention() {
        return removeOrphanFilesMinRetention;
    }

    @Config(REMOVE_ORPHAN_FILES_MIN_RETENTION)
    @ConfigDescription("How old a file must be for remove_orphan_files to delete it: longer than any write takes")
    public TrestleConfig setRemoveOrphanFilesMinRetention(Duration removeOrphanFilesMinRetention) {
        this.removeOrphanFilesMinRetention = removeOrphanFilesMinRetention;
        return this;
    }

    @NotNull
    public DataSize getParquetSmallFileThreshold() {
        return parquetSmallFileThreshold;
    }

    @Config(PARQUET_SMALL_FILE_THRESHOLD)
    @ConfigDescription("Parquet files up to this size are read at once, with the columns that nobody asks for")
    public TrestleConfig setParquetSmallFileThreshold(DataSize parquetSmallFileThreshold) {
        this.parquetSmallFileThreshold = parquetSmallFileThreshold;
        return this;
    }
}
