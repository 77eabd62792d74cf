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
package dev.trestle.trino.history;

import static io.trino.spi.StandardErrorCode.INVALID_ARGUMENTS;
import static io.trino.spi.type.DateTimeEncoding.unpackMillisUtc;
import static io.trino.spi.type.Timestamps.MICROSECONDS_PER_SECOND;
import static io.trino.spi.type.Timestamps.NANOSECONDS_PER_MICROSECOND;
import static java.time.ZoneOffset.UTC;

import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorTableVersion;
import io.trino.spi.type.DateType;
import io.trino.spi.type.LongTimestamp;
import io.trino.spi.type.LongTimestampWithTimeZone;
import io.trino.spi.type.TimeZoneKey;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.TimestampWithTimeZoneType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** The instant that a statement names. */
final class VersionTime {

    private VersionTime() {}

    /** A date is its beginning; a date and a time without a zone are those of the session's. */
    static Instant of(ConnectorTableVersion version, TimeZoneKey sessionZone) {
        ZoneId zone = sessionZone.getZoneId();
        Object value = version.getVersion();
        if (version.getVersionType() instanceof DateType) {
            return LocalDate.ofEpochDay((long) value).atStartOfDay(zone).toInstant();
        }
        if (version.getVersionType() instanceof TimestampType type) {
            return local(type.isShort() ? (long) value : ((LongTimestamp) value).getEpochMicros())
                    .atZone(zone)
                    .toInstant();
        }
        if (version.getVersionType() instanceof TimestampWithTimeZoneType type) {
            return Instant.ofEpochMilli(
                    type.isShort()
                            ? unpackMillisUtc((long) value)
                            : ((LongTimestampWithTimeZone) value).getEpochMillis());
        }
        throw new TrinoException(
                INVALID_ARGUMENTS,
                "FOR TIMESTAMP AS OF takes a date or a timestamp, and not "
                        + version.getVersionType().getDisplayName());
    }

    private static LocalDateTime local(long epochMicros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(epochMicros, MICROSECONDS_PER_SECOND),
                Math.floorMod(epochMicros, MICROSECONDS_PER_SECOND) * NANOSECONDS_PER_MICROSECOND,
                UTC);
    }
}
