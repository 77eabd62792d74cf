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

import org.apache.hadoop.conf.Configuration;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.format.HadoopCompressionType;
import org.apache.paimon.format.parquet.ColumnConfigParser;
import org.apache.paimon.options.MemorySize;
import org.apache.paimon.options.Options;
import org.apache.paimon.shade.org.apache.parquet.column.ParquetProperties;
import org.apache.paimon.shade.org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.paimon.shade.org.apache.parquet.hadoop.CodecFactory;
import org.apache.paimon.shade.org.apache.parquet.hadoop.ParquetOutputFormat;
import org.apache.paimon.shade.org.apache.parquet.hadoop.ParquetWriter;
import org.apache.paimon.shade.org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** What a table's options say about its Parquet files. The options, and what holds without them, are those of Paimon. */
final class ParquetSettings {

    private static final String ZSTD_LEVEL = "parquet.compression.codec.zstd.level";

    private final Configuration options = new Configuration(false);
    private final ParquetProperties properties;

    /**
     * @param parquet the options whose names begin with {@code parquet.}
     * @param table all of the table's
     */
    ParquetSettings(Options parquet, Options table) {
        options.set(ZSTD_LEVEL, String.valueOf(table.get(CoreOptions.FILE_COMPRESSION_ZSTD_LEVEL)));
        parquet.toMap().forEach(options::set);
        MemorySize blockSize = table.get(CoreOptions.FILE_BLOCK_SIZE);
        if (blockSize != null) {
            options.setLong(ParquetOutputFormat.BLOCK_SIZE, blockSize.getBytes());
        }
        this.properties = columns(options);
    }

    private static ParquetProperties columns(Configuration options) {
        ParquetProperties.Builder columns = ParquetProperties.builder()
                .withPageSize(options.getInt(ParquetOutputFormat.PAGE_SIZE, ParquetProperties.DEFAULT_PAGE_SIZE))
                .withPageRowCountLimit(options.getInt(
                        ParquetOutputFormat.PAGE_ROW_COUNT_LIMIT, ParquetProperties.DEFAULT_PAGE_ROW_COUNT_LIMIT))
                .withDictionaryPageSize(options.getInt(
                        ParquetOutputFormat.DICTIONARY_PAGE_SIZE, ParquetProperties.DEFAULT_DICTIONARY_PAGE_SIZE))
                .withDictionaryEncoding(options.getBoolean(
                        ParquetOutputFormat.ENABLE_DICTIONARY, ParquetProperties.DEFAULT_IS_DICTIONARY_ENABLED))
                .withBloomFilterEnabled(options.getBoolean(
                        ParquetOutputFormat.BLOOM_FILTER_ENABLED, ParquetProperties.DEFAULT_BLOOM_FILTER_ENABLED))
                .withWriterVersion(ParquetProperties.WriterVersion.fromString(options.get(
                        ParquetOutputFormat.WRITER_VERSION, ParquetProperties.DEFAULT_WRITER_VERSION.toString())));
        new ColumnConfigParser()
                .withColumnConfig(
                        ParquetOutputFormat.ENABLE_DICTIONARY,
                        option -> options.getBoolean(option, false),
                        columns::withDictionaryEncoding)
                .withColumnConfig(
                        ParquetOutputFormat.BLOOM_FILTER_ENABLED,
                        option -> options.getBoolean(option, false),
                        columns::withBloomFilterEnabled)
                .withColumnConfig(
                        ParquetOutputFormat.BLOOM_FILTER_EXPECTED_NDV,
                        option -> options.getLong(option, -1),
                        columns::withBloomFilterNDV)
                .withColumnConfig(
                        ParquetOutputFormat.BLOOM_FILTER_FPP,
                        option -> options.getDouble(option, ParquetProperties.DEFAULT_BLOOM_FILTER_FPP),
                        columns::withBloomFilterFPP)
                .parseConfig(options);
        return columns.build();
    }

    /** How columns, pages and dictionaries are written. */
    ParquetProperties properties() {
        return properties;
    }

    /** How many bytes a row group may have. */
    long rowGroupSize() {
        return options.getLong(ParquetOutputFormat.BLOCK_SIZE, ParquetWriter.DEFAULT_BLOCK_SIZE);
    }

    /** With how many bytes a row group may be moved to the next block of the file system. */
    int maxPadding() {
        return options.getInt(ParquetOutputFormat.MAX_PADDING_BYTES, ParquetWriter.MAX_PADDING_SIZE_DEFAULT);
    }

    /** @param compression what the table says, where the options of Parquet say nothing */
    CompressionCodecName codec(String compression) {
        String general = HadoopCompressionType.NONE.value().equals(compression) ? null : compression;
        return CompressionCodecName.fromConf(options.get(ParquetOutputFormat.COMPRESSION, general));
    }

    /** Makes the compressors of a file, which releases them. */
    CompressionCodecFactory codecs() {
        return new CodecFactory(options, properties.getPageSizeThreshold());
    }
}
