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

class QualifiedQueryTest {

    @Test
    void theViewsOwnCatalogIsLeftOutAndOthersAreKept() {
        assertThat(QualifiedQuery.within(
                        "c", "SELECT `t`.`id`, `c`.`d`.`f`(1) FROM `c`.`d`.`t` AS `t`, `other`.`d`.`t` AS `u`"))
                .isEqualTo("SELECT `t`.`id`, `d`.`f`(1) FROM `d`.`t` AS `t`, `other`.`d`.`t` AS `u`");
    }

    @Test
    void columnsOfATableThatIsNamedLikeTheCatalogAreKept() {
        assertThat(QualifiedQuery.within("c", "SELECT `c`.`id` FROM `c`.`d`.`c` AS `c`"))
                .isEqualTo("SELECT `c`.`id` FROM `d`.`c` AS `c`");
    }

    @Test
    void fieldsOfColumnsOfATableThatIsNamedLikeTheCatalogAreKept() {
        assertThat(
                        QualifiedQuery.within(
                                "c",
                                "SELECT `c`.`a`.`b`, `c`.`d`.`f`(`c`.`a`.`b`) FROM `c`.`d`.`c` AS `c`\nJOIN `c`.`d`.`u` AS `u`"))
                .isEqualTo("SELECT `c`.`a`.`b`, `d`.`f`(`c`.`a`.`b`) FROM `d`.`c` AS `c`\nJOIN `d`.`u` AS `u`");
    }

    @Test
    void aFunctionIsGivenTheCatalogAgain() {
        assertThat(QualifiedQuery.callable(
                        "c`c", "SELECT COUNT(`d`.`f`(1)), `g`(1), '`d`.`f`(1)' FROM `d`.`t` AS `t`, `o`.`d`.`h`(2)"))
                .isEqualTo("SELECT COUNT(`c``c`.`d`.`f`(1)), `g`(1), '`d`.`f`(1)' FROM `d`.`t` AS `t`, `o`.`d`.`h`(2)");
    }

    @Test
    void aTableOfAViewIsGivenTheCatalogAgain() {
        assertThat(QualifiedQuery.readable(
                        "c",
                        "SELECT `d`.`f`(`t`.`id`)\nFROM `d`.`t` AS `t`\nLEFT JOIN (SELECT `u`.`id`\n  FROM `d`.`u` AS `u`) AS `s`"
                                + " ON TRUE\nUNION ALL\nSELECT *\nFROM `other`.`x`.`t` AS `o`, `e`.`v` AS `v`"))
                .isEqualTo(
                        "SELECT `c`.`d`.`f`(`t`.`id`)\nFROM `c`.`d`.`t` AS `t`\nLEFT JOIN (SELECT `u`.`id`\n  FROM `c`.`d`.`u` AS `u`) AS `s`"
                                + " ON TRUE\nUNION ALL\nSELECT *\nFROM `other`.`x`.`t` AS `o`, `e`.`v` AS `v`");
    }

    @Test
    void aColumnAfterTheWordFromIsGivenNoCatalog() {
        String query = "SELECT EXTRACT(YEAR FROM `t`.`at`), TRIM(BOTH ' ' FROM `t`.`name`)\nFROM `s` AS `t`";
        assertThat(QualifiedQuery.readable("c", query)).isEqualTo(query);
        for (String table : new String[] {"`s` AS `t`", "`s` `t`", "`other`.`d`.`t`"}) {
            String wrapped = "SELECT EXTRACT(YEAR\nFROM `t`.`at`)\nFROM " + table;
            assertThat(QualifiedQuery.readable("c", wrapped)).isEqualTo(wrapped);
        }
    }

    @Test
    void aTextMayBeLong() {
        String text = "'" + "x".repeat(100_000) + "''`c`.`d`.`t`'";
        assertThat(QualifiedQuery.within("c", "SELECT " + text + " FROM `c`.`d`.`t`"))
                .isEqualTo("SELECT " + text + " FROM `d`.`t`");
    }

    @Test
    void textIsKept() {
        assertThat(QualifiedQuery.within("c", "SELECT 'it''s `c`.`d`.`t`' FROM `c`.`d`.`a$b`"))
                .isEqualTo("SELECT 'it''s `c`.`d`.`t`' FROM `d`.`a$b`");
    }

    @Test
    void aNameOfACatalogMayHaveQuotes() {
        assertThat(QualifiedQuery.within("c`c", "SELECT 1 FROM `c``c`.`d`.`t`")).isEqualTo("SELECT 1 FROM `d`.`t`");
    }
}
