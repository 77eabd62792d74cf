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
package dev.trestle.flink.gateway;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as options have them: a whole number and a unit, such as {@code 500 ms}, {@code 60 s}, {@code 2 min}. */
public final class Durations {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}) ?([a-z]+)");

    private Durations() {}

    /**
     * Reads one.
     *
     * @param what the value is, for the message
     * @throws IllegalArgumentException if it is no duration
     */
    public static Duration parse(String what, String text) {
        Matcher matcher = DURATION.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw wrong(what);
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms", "milli", "millis", "millisecond", "milliseconds" -> Duration.ofMillis(number);
            case "s", "sec", "secs", "second", "seconds" -> Duration.ofSeconds(number);
            case "m", "min", "mins", "minute", "minutes" -> Duration.ofMinutes(number);
            case "h", "hour", "hours" -> Duration.ofHours(number);
            default -> throw wrong(what);
        };
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(what + " must be a duration such as '500 ms', '60 s' or '2 min'");
    }
}
