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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeTextTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "2026-07-01, 2026-06-30T22:00:00Z",
        "2026-07-01 12:00:00, 2026-07-01T10:00:00Z",
        "2026-07-01T12:00:00.5, 2026-07-01T10:00:00.500Z",
        "2026-07-01 12:00:00Z, 2026-07-01T12:00:00Z",
        "2026-07-01 12:00:00.000 UTC, 2026-07-01T12:00:00Z",
        "2026-07-01 12:00:00 +01:00, 2026-07-01T11:00:00Z",
        "2026-07-01T12:00:00-02:30, 2026-07-01T14:30:00Z",
    })
    void aTimeIsReadAsEnginesWriteIt(String text, String instant) {
        assertThat(TimeText.parse("older_than", text, BERLIN)).isEqualTo(Instant.parse(instant));
    }

    @Test
    void whatIsNoTimeIsNamed() {
        assertThatThrownBy(() -> TimeText.parse("older_than", "yesterday", BERLIN))
                .isInstanceOf(WrongArgumentException.class)
                .hasMessageContaining("'older_than'")
                .hasMessageContaining("'yesterday'");
    }
}
