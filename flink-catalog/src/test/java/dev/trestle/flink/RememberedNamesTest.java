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

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.table.catalog.ObjectPath;
import org.junit.jupiter.api.Test;

class RememberedNamesTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final KnownDatabases databases = new KnownDatabases("lake", now::get);
    private final ProbedTables tables = new ProbedTables(
            "lake", () -> Duration.between(Instant.EPOCH, now.get()).toNanos());

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    @Test
    void aNewDatabaseHoldsNoTableNamedLikeTheCatalogUntilOneIsMade() {
        ObjectPath path = new ObjectPath("d", "lake");
        assertThat(tables.isAbsent(path)).isFalse();
        tables.madeDatabase("d");
        assertThat(tables.isAbsent(path)).isTrue();
        assertThat(tables.isAbsent(new ObjectPath("d", "t"))).isFalse();
        tables.made(path);
        assertThat(tables.isAbsent(path)).isFalse();
    }

    @Test
    void aDatabaseThatWasNeverSeenMustBeAskedFor() {
        assertThat(databases.exists("d")).isEmpty();
    }

    @Test
    void aDatabaseThatWasSeenIsThereUntilItIsMissed() {
        databases.found("d");
        pass(Duration.ofDays(1));
        assertThat(databases.exists("d")).contains(true);
        databases.missing("d");
        assertThat(databases.exists("d")).contains(false);
    }

    @Test
    void absenceIsForgottenAfterASecond() {
        databases.missing("d");
        pass(Duration.ofMillis(999));
        assertThat(databases.exists("d")).contains(false);
        pass(Duration.ofMillis(1));
        assertThat(databases.exists("d")).isEmpty();
    }

    @Test
    void absenceOfADatabaseNamedLikeTheCatalogIsForgottenAfterAMinute() {
        databases.missing("lake");
        pass(Duration.ofSeconds(59));
        assertThat(databases.exists("lake")).contains(false);
        pass(Duration.ofSeconds(1));
        assertThat(databases.exists("lake")).isEmpty();
    }

    @Test
    void aListingTellsOfAll() {
        databases.found("gone");
        databases.listed(List.of("a", "b"));
        assertThat(databases.exists("a")).contains(true);
        assertThat(databases.exists("gone")).isEmpty();
        assertThat(databases.exists("lake")).contains(false);
    }

    @Test
    void onlyATableNamedLikeTheCatalogIsRememberedAsAbsent() {
        ObjectPath likeCatalog = new ObjectPath("d", "lake");
        ObjectPath another = new ObjectPath("d", "t");
        tables.missing(likeCatalog);
        tables.missing(another);
        assertThat(tables.isAbsent(likeCatalog)).isTrue();
        assertThat(tables.isAbsent(another)).isFalse();
        tables.made(likeCatalog);
        assertThat(tables.isAbsent(likeCatalog)).isFalse();
        tables.missing(likeCatalog);
        pass(Duration.ofMinutes(1));
        assertThat(tables.isAbsent(likeCatalog)).isFalse();
    }
}
