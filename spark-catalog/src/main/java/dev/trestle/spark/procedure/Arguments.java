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
package dev.trestle.spark.procedure;

import dev.trestle.catalog.procedure.TimeText;
import dev.trestle.catalog.procedure.WrongArgumentException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.procedures.ProcedureParameter;
import org.apache.spark.sql.internal.SQLConf;

/** The arguments of a call, by the names of the parameters. */
record Arguments(ProcedureParameter[] parameters, InternalRow row) {

    String text(String name) {
        return required(name, optionalText(name));
    }

    Optional<String> optionalText(String name) {
        return given(name) ? Optional.of(row.getUTF8String(index(name)).toString()) : Optional.empty();
    }

    long number(String name) {
        return required(name, given(name) ? Optional.of(row.getLong(index(name))) : Optional.empty());
    }

    OptionalLong optionalNumber(String name) {
        return given(name) ? OptionalLong.of(row.getLong(index(name))) : OptionalLong.empty();
    }

    OptionalInt optionalCount(String name) {
        return given(name) ? OptionalInt.of(row.getInt(index(name))) : OptionalInt.empty();
    }

    boolean flag(String name) {
        return given(name) && row.getBoolean(index(name));
    }

    /** A time in the zone of the session. */
    Optional<Instant> optionalTime(String name) {
        return optionalText(name)
                .map(text ->
                        TimeText.parse(name, text, ZoneId.of(SQLConf.get().sessionLocalTimeZone(), ZoneId.SHORT_IDS)));
    }

    /** Parts of a text that semicolons separate; none if it is not given. */
    List<String> parts(String name) {
        return optionalText(name)
                .map(text -> Arrays.stream(text.split(";", -1))
                        .map(String::trim)
                        .filter(part -> !part.isEmpty())
                        .toList())
                .orElse(List.of());
    }

    /** The parameter of a name, which the procedure has. */
    private int index(String name) {
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i].name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("There is no parameter " + name);
    }

    boolean given(String name) {
        return !row.isNullAt(index(name));
    }

    private static <T> T required(String name, Optional<T> value) {
        return value.orElseThrow(() -> new WrongArgumentException("Argument '" + name + "' must not be null"));
    }
}
