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
package dev.trestle.spark.write.parquet;

import java.util.List;
import java.util.Optional;
import org.apache.paimon.format.FileFormat;
import org.apache.paimon.format.FormatReaderFactory;
import org.apache.paimon.format.FormatWriterFactory;
import org.apache.paimon.format.SimpleStatsExtractor;
import org.apache.paimon.options.Options;
import org.apache.paimon.predicate.Predicate;
import org.apache.paimon.statistics.SimpleColStatsCollector;
import org.apache.paimon.types.RowType;

/** Parquet, which Paimon reads and takes statistics from, and which is written here. */
final class ParquetFormat extends FileFormat {

    static final String NAME = "parquet";

    private final FileFormat paimons;
    private final ParquetSettings settings;

    /** @param options the table's */
    ParquetFormat(Options options) {
        super(NAME);
        this.paimons = FileFormat.fromIdentifier(NAME, options);
        this.settings = new ParquetSettings(getIdentifierPrefixOptions(options), options);
    }

    @Override
    public FormatReaderFactory createReaderFactory(RowType data, RowType projected, List<Predicate> filters) {
        return paimons.createReaderFactory(data, projected, filters);
    }

    @Override
    public FormatWriterFactory createWriterFactory(RowType type) {
        return (out, compression) -> new ParquetFile(out, type, settings, compression);
    }

    @Override
    public void validateDataFields(RowType type) {
        paimons.validateDataFields(type);
    }

    @Override
    public Optional<SimpleStatsExtractor> createStatsExtractor(
            RowType type, SimpleColStatsCollector.Factory[] collectors) {
        return paimons.createStatsExtractor(type, collectors);
    }
}
