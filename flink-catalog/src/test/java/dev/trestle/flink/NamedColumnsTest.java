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
package dev.trestle.flink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedColumnsTest {

    @Test
    void columnsAreFoundInTheOrderInWhichTheyStandThere() {
        assertThat(NamedColumns.of("`b` + UPPER(`a`) || CASE WHEN `c` IS NULL THEN 'x' ELSE `b` END"))
                .containsExactly("b", "a", "c");
        assertThat(NamedColumns.of("`ts` - INTERVAL '5' SECOND")).containsExactly("ts");
    }

    @Test
    void aNameMayHaveSpacesAndQuotes() {
        assertThat(NamedColumns.of("`a b` + `c``d`")).containsExactly("a b", "c`d");
    }

    @Test
    void ofAPathIntoANestedRowTheColumnIsFound() {
        assertThat(NamedColumns.of("`r`.`x`.`y` + `m`['k']")).containsExactly("r", "m");
    }

    @Test
    void aTextMayBeLong() {
        assertThat(NamedColumns.of("`a` || '" + "x".repeat(100_000) + "' || `b`"))
                .containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'`a`'",
                "'it''s `a`'",
                "`c`.`d`.`f`(1)",
                "`f`(`arg` => 1)",
                "CAST(1 AS ROW<`x` INT, `y` ROW<`z` STRING>>)",
                "CAST(1 AS ROW(`x` INTEGER, `y` TIMESTAMP(3)))",
                "CAST('a' AS VARCHAR(3) CHARACTER SET `UTF-16LE`)",
                "CAST(1 AS `c`.`d`.`t`)",
                "PROCTIME()",
                "f(1).`x`"
            })
    void whatIsNoColumnIsNotTakenForOne(String expression) {
        assertThat(NamedColumns.of(expression)).isEmpty();
    }
}
