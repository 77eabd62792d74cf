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

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the values of the PLAIN_TEXT row format, of a session whose time zone is UTC: what a cast to STRING gives. */
final class PlainTextReader {

    private static final Pattern YEARS_AND_MONTHS = Pattern.compile("([+-])(\\d+)-(\\d+)");
    private static final Pattern DAYS_AND_TIME = Pattern.compile("([+-])(\\d+) (\\d+):(\\d+):(\\d+)\\.(\\d{3})");
    private static final Pattern BYTES = Pattern.compile("x'([0-9a-fA-F]*)'");

    private PlainTextReader() {}

    static Object read(ColumnType type, String text) {
        try {
            if (type instanceof ColumnType.Atomic || type instanceof ColumnType.Interval) {
                return readSimple(type, text);
            }
            return NestedText.canBeTakenApart(type) ? new NestedText(text).readWhole(type) : text;
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
            throw new UnexpectedAnswerException(
                    "The gateway sent a value that is no " + type.root() + ": " + ValueReader.abridged(text), e);
        }
    }

    /** A type without types inside. */
    static Object readSimple(ColumnType type, String text) {
        return switch (type.root()) {
            case "BOOLEAN" -> readBoolean(text);
            case "TINYINT", "SMALLINT", "INTEGER" -> Integer.parseInt(text);
            case "BIGINT" -> Long.parseLong(text);
            case "DECIMAL" -> new BigDecimal(text);
            case "FLOAT" -> Float.parseFloat(text);
            case "DOUBLE" -> Double.parseDouble(text);
            case "BINARY", "VARBINARY" ->
                HexFormat.of().parseHex(match(BYTES, text).group(1));
            case "DATE" -> LocalDate.parse(text);
            case "TIME_WITHOUT_TIME_ZONE" -> LocalTime.parse(text);
            case "TIMESTAMP_WITHOUT_TIME_ZONE" -> LocalDateTime.parse(text.replace(' ', 'T'));
            case "TIMESTAMP_WITH_LOCAL_TIME_ZONE" ->
                LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
            case "INTERVAL_YEAR_MONTH" -> readMonths(text);
            case "INTERVAL_DAY_TIME" -> readTime(text);
            default -> text;
        };
    }

    private static boolean readBoolean(String text) {
        if (!text.equalsIgnoreCase("TRUE") && !text.equalsIgnoreCase("FALSE")) {
            throw new IllegalArgumentException("neither TRUE nor FALSE");
        }
        return text.equalsIgnoreCase("TRUE");
    }

    private static Period readMonths(String text) {
        Matcher matcher = match(YEARS_AND_MONTHS, text);
        Period period = Period.of(Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)), 0);
        return isNegative(matcher) ? period.negated() : period;
    }

    private static Duration readTime(String text) {
        Matcher matcher = match(DAYS_AND_TIME, text);
        Duration duration = Duration.ofDays(Long.parseLong(matcher.group(2)))
                .plusHours(Long.parseLong(matcher.group(3)))
                .plusMinutes(Long.parseLong(matcher.group(4)))
                .plusSeconds(Long.parseLong(matcher.group(5)))
                .plusMillis(Long.parseLong(matcher.group(6)));
        return isNegative(matcher) ? duration.negated() : duration;
    }

    private static boolean isNegative(Matcher matcher) {
        return matcher.group(1).equals("-");
    }

    private static Matcher match(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not of the form " + pattern);
        }
        return matcher;
    }
}
