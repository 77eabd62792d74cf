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
package dev.trestle.trino.schema;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Splitter;
import io.trino.spi.session.PropertyMetadata;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.options.ConfigOption;

/**
 * A table option of Paimon's that has a property of its own, in Trino's spelling.
 *
 * @param option Paimon's key
 * @param toOption the property's value as the option's
 * @param fromOption the reverse
 */
record TableProperty(
        PropertyMetadata<?> metadata,
        String option,
        Function<Object, String> toOption,
        Function<String, Object> fromOption) {

    /** Every such property, but for the keys and the location, which are no plain options. */
    static final List<TableProperty> ALL = List.of(
            integer(CoreOptions.BUCKET, "Number of buckets: -1 grows them, -2 postpones the choice"),
            columns(CoreOptions.BUCKET_KEY, "Columns whose hash chooses the bucket"),
            text(CoreOptions.FILE_FORMAT, "Format of the data files: parquet, orc or avro"),
            text(CoreOptions.FILE_COMPRESSION, "Compression of the data files, such as zstd"),
            text(CoreOptions.CHANGELOG_PRODUCER, "Where changelogs come from: none, input, lookup or full-compaction"),
            text(
                    CoreOptions.MERGE_ENGINE,
                    "What becomes of rows with one key: deduplicate, partial-update, aggregation or first-row"),
            columns(CoreOptions.SEQUENCE_FIELD, "Columns that say which of the rows with one key is the latest"),
            flag(CoreOptions.DELETION_VECTORS_ENABLED, "Whether deleted rows are marked beside the data files"),
            flag(CoreOptions.ROW_TRACKING_ENABLED, "Whether rows carry an id and the snapshot that wrote them"));

    TableProperty {
        requireNonNull(metadata, "metadata is null");
        requireNonNull(option, "option is null");
        requireNonNull(toOption, "toOption is null");
        requireNonNull(fromOption, "fromOption is null");
    }

    String name() {
        return metadata.getName();
    }

    static Optional<TableProperty> ofOption(String option) {
        return ALL.stream().filter(property -> property.option().equals(option)).findFirst();
    }

    /** The column names that an option holds, separated by commas. */
    static List<String> split(String columns) {
        return Splitter.on(',').trimResults().omitEmptyStrings().splitToList(columns);
    }

    private static TableProperty integer(ConfigOption<?> option, String description) {
        return new TableProperty(
                PropertyMetadata.integerProperty(name(option), description, null, false),
                option.key(),
                Object::toString,
                Integer::valueOf);
    }

    private static TableProperty flag(ConfigOption<?> option, String description) {

        return new TableProperty(
                PropertyMetadata.booleanProperty(name(option), description, null, false),
                option.key(),
                Object::toString,
                Boolean::valueOf);
    }

    private static TableProperty text(ConfigOption<?> option, String description) {
        return new TableProperty(
                PropertyMetadata.stringProperty(name(option), description, null, false),
                option.key(),
                Object::toString,
                value -> value);
    }

    private static TableProperty columns(ConfigOption<?> option, String description) {
        return new TableProperty(
                OptionProperties.listOfText(name(option), description, columns -> columns),
                option.key(),
                value -> String.join(
                        ",", ((List<?>) value).stream().map(String.class::cast).toList()),
                TableProperty::split);
    }

    private static String name(ConfigOption<?> option) {
        return option.key().replace('-', '_').replace('.', '_');
    }
}
