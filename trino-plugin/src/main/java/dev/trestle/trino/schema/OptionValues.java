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

import static io.trino.spi.StandardErrorCode.INVALID_TABLE_PROPERTY;

import dev.trestle.catalog.CatalogOptions;
import io.trino.spi.TrinoException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.options.ConfigOption;
import org.apache.paimon.options.Options;

/** Which options of Paimon's a statement may set, and to what. */
final class OptionValues {

    private static final String TYPE = CoreOptions.TYPE.key();

    /** Options that other properties stand for, with those. */
    private static final Map<String, String> SAID_OTHERWISE = Map.of(
            CoreOptions.PATH.key(), "use the table property 'location'",
            CoreOptions.PRIMARY_KEY.key(), "use the table property 'primary_key'",
            CoreOptions.PARTITION.key(), "use the table property 'partitioned_by'",
            CoreOptions.BRANCH.key(), "name the branch in the table's name, as in \"t$branch_b\"",
            CoreOptions.AUTO_CREATE.key(), "the service makes its tables itself");

    private static final Set<String> TYPES = Set.of("table", "format-table");

    private static final Map<String, ConfigOption<?>> KNOWN = CoreOptions.getOptions().stream()
            .collect(Collectors.toMap(ConfigOption::key, option -> option, (one, other) -> one));

    private OptionValues() {}

    static boolean isSettable(String key) {
        return !SAID_OTHERWISE.containsKey(key) && !ServiceOptions.AUDIT.contains(key);
    }

    /** @throws TrinoException if nobody may set the option, or a property stands for it */
    static void checkSettable(String key) {
        if (ServiceOptions.AUDIT.contains(key)) {
            throw new TrinoException(
                    INVALID_TABLE_PROPERTY, "Option '" + key + "' is set by the service alone: leave it out");
        }
        if (SAID_OTHERWISE.containsKey(key)) {
            throw new TrinoException(
                    INVALID_TABLE_PROPERTY, "Option '" + key + "' cannot be set: " + SAID_OTHERWISE.get(key));
        }
    }

    /**
     * Checks the value of an option that Paimon knows; others, such as {@code fields.*} and those of file formats, are the
     * service's to check.
     *
     * @param subject what to call it, at the beginning of a sentence
     */
    static void check(String key, String value, String subject) {
        if (CatalogOptions.isRedacted(value)) {
            throw new TrinoException(
                    INVALID_TABLE_PROPERTY,
                    subject + " cannot be '" + value
                            + "', which is shown in the place of a secret: leave the option out,"
                            + " or write its value. Keys to the files of tables belong to the catalog's own options");
        }
        if (key.equals(TYPE) && !TYPES.contains(value.toLowerCase(Locale.ENGLISH))) {
            throw new TrinoException(
                    INVALID_TABLE_PROPERTY,
                    subject + " cannot be '" + value + "': Trino reads and writes tables of the types 'table' and"
                            + " 'format-table' through this catalog");
        }
        ConfigOption<?> option = KNOWN.get(key);
        if (option == null) {
            return;
        }
        try {
            Object unused = Options.fromMap(Map.of(key, value)).get(option);
        } catch (RuntimeException e) {
            throw new TrinoException(
                    INVALID_TABLE_PROPERTY, subject + " cannot be '" + value + "': " + firstSentence(e), e);
        }
    }

    /** Paimon says in a cause which values there are. */
    private static String firstSentence(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause().getMessage() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }
}
