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
package dev.trestle.catalog.auth.dlf;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The date of a signature in UTC, to the second: formatted once for all requests of that second. */
final class HeaderDate {

    private final DateTimeFormatter format;
    private volatile Second latest = new Second(Long.MIN_VALUE, "");

    /** @param format of a fixed locale, or the machine's would decide over digits and names */
    HeaderDate(DateTimeFormatter format) {
        this.format = requireNonNull(format, "format is null").withZone(ZoneOffset.UTC);
    }

    String at(Instant moment) {
        Second second = latest;
        if (second.epochSecond != moment.getEpochSecond()) {
            second = new Second(moment.getEpochSecond(), format.format(moment));
            latest = second;
        }
        return second.text;
    }

    private record Second(long epochSecond, String text) {}
}
