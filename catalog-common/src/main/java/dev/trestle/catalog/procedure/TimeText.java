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
package dev.trestle.catalog.procedure;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** A time as an argument has it. */
public final class TimeText {

    /** As engines print timestamps; also with a T between date and time. */
    private static final DateTimeFormatter DATE_AND_TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .toFormatter();

    private TimeText() {}

    /**
     * A date, or a date and a time: with an offset from UTC, or that of the session.
     *
     * @param name the argument's
     */
    public static Instant parse(String name, String text, ZoneId zone) {
        String value = text.trim().replaceFirst(" UTC$", "Z");
        try {
            if (value.length() == "2026-01-31".length()) {
                return LocalDate.parse(value).atStartOfDay(zone).toInstant();
            }
            return value.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
                    ? OffsetDateTime.parse(
                                    value.replaceFirst(" (?=\\d\\d:)", "T").replace(" ", ""))
                            .toInstant()
                    : LocalDateTime.parse(value.replace('T', ' '), DATE_AND_TIME)
                            .atZone(zone)
                            .toInstant();
        } catch (DateTimeException e) {
            throw new WrongArgumentException(
                    "Argument '" + name + "' must be a date or a timestamp, such as '2026-01-31 13:00:00' or"
                            + " '2026-01-31T13:00:00+01:00', and is '" + text + "'",
                    e);
        }
    }
}
