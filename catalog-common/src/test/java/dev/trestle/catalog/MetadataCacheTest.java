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
package dev.trestle.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.catalog.api.Audit;
import dev.trestle.catalog.api.DatabaseInfo;
import dev.trestle.catalog.api.NoSuchResourceException;
import dev.trestle.catalog.api.ResourceType;
import dev.trestle.catalog.api.TableInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.Schema;
import org.junit.jupiter.api.Test;

class MetadataCacheTest {

    private static final Identifier T = Identifier.create("db", "t");
    private static final Identifier U = Identifier.create("db", "u");

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger loads = new AtomicInteger();
    private final MetadataCache cache = cache(Duration.ofSeconds(1));

    @Test
    void asksOnceForTheSameTable() {
        assertThat(load(cache, T).schemaId()).isEqualTo(1);
        assertThat(load(cache, T).schemaId()).isEqualTo(1);
        assertThat(load(cache, U).schemaId()).isEqualTo(2);
    }

    @Test
    void asksAgainWhenTheTimeIsOver() {
        load(cache, T);
        nanos.addAndGet(Duration.ofMillis(999).toNanos());
        assertThat(load(cache, T).schemaId()).isEqualTo(1);

        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(load(cache, T).schemaId()).isEqualTo(2);
    }

    @Test
    void doesNotLiveLongerByBeingRead() {
        load(cache, T);
        for (int i = 0; i < 4; i++) {
            nanos.addAndGet(Duration.ofMillis(300).toNanos());
            load(cache, T);
        }

        assertThat(loads).hasValue(2);
    }

    @Test
    void seesAChangeOfOnesOwnAtOnce() {
        load(cache, T);
        load(cache, U);

        cache.invalidateTable(T);

        assertThat(cache.knownTable(T)).isEmpty();
        assertThat(load(cache, T).schemaId()).isEqualTo(3);
        assertThat(load(cache, U).schemaId()).isEqualTo(2);
    }

    @Test
    void remembersViewsAndFunctionsUntilTheyAreChangedOrTheirDatabaseIs() {
        assertThat(missingView(T)).isEqualTo(1);
        assertThat(missingView(T)).isEqualTo(1);
        assertThat(missingFunction(T)).isEqualTo(2);
        assertThat(missingFunction(T)).isEqualTo(2);

        cache.invalidateView(T);
        assertThat(missingView(T)).isEqualTo(3);
        assertThat(missingFunction(T)).isEqualTo(3);

        cache.invalidateFunction(T);
        assertThat(missingFunction(T)).isEqualTo(4);

        cache.invalidateDatabase("db");
        assertThat(missingView(T)).isEqualTo(5);
        assertThat(missingFunction(T)).isEqualTo(6);
    }

    private int missingView(Identifier identifier) {
        assertThatThrownBy(() -> cache.view(identifier, () -> {
                    throw missing(ResourceType.VIEW);
                }))
                .isInstanceOf(NoSuchResourceException.class);
        return loads.get();
    }

    private int missingFunction(Identifier identifier) {
        assertThatThrownBy(() -> cache.function(identifier, () -> {
                    throw missing(ResourceType.FUNCTION);
                }))
                .isInstanceOf(NoSuchResourceException.class);
        return loads.get();
    }

    private NoSuchResourceException missing(ResourceType type) {
        loads.incrementAndGet();
        return new NoSuchResourceException("missing", type, "t");
    }

    @Test
    void forgetsBranchesWithTheirTable() {
        Identifier branch = Identifier.create("db", "t$branch_b");
        load(cache, branch);

        cache.invalidateTable(T);

        assertThat(cache.knownTable(branch)).isEmpty();
    }

    @Test
    void forgetsTablesWithTheirDatabase() {
        Identifier elsewhere = Identifier.create("db2", "t");
        load(cache, T);
        load(cache, elsewhere);
        cache.database("db", () -> database("db"));

        cache.invalidateDatabase("db");

        assertThat(cache.knownDatabase("db")).isEmpty();
        assertThat(cache.knownTable(T)).isEmpty();
        assertThat(cache.knownTable(elsewhere)).isPresent();
    }

    @Test
    void keepsNoAnswerThatWasUnderWayWhileSomethingChanged() {
        TableInfo old = cache.table(T, () -> {
            cache.invalidateTable(T);
            return table(T, 7);
        });

        assertThat(old.schemaId())
                .as("whoever asked before the change may see the table before it")
                .isEqualTo(7);
        assertThat(cache.knownTable(T)).isEmpty();
    }

    @Test
    void remembersThatATableIsNotThere() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> missing(cache, T))
                    .isInstanceOfSatisfying(NoSuchResourceException.class, e -> {
                        assertThat(e.resourceType()).isEqualTo(ResourceType.TABLE);
                        assertThat(e.resourceName()).isEqualTo("t");
                    })
                    .hasMessage("no such table");
        }
        assertThat(loads).hasValue(1);
        assertThat(cache.knownTable(T)).isEmpty();

        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(load(cache, T)).isNotNull();
    }

    @Test
    void seesAtOnceATableThatOneHasMadeOneself() {
        assertThatThrownBy(() -> missing(cache, T)).isInstanceOf(NoSuchResourceException.class);

        cache.invalidateTable(T);

        assertThat(load(cache, T)).isNotNull();
    }

    @Test
    void keepsNoFailure() {
        assertThatThrownBy(() -> cache.table(T, () -> {
                    throw new IllegalStateException("down");
                }))
                .hasMessage("down");

        assertThat(load(cache, T)).isNotNull();
    }

    @Test
    void remembersNothingForNoTime() {
        MetadataCache none = cache(Duration.ZERO);
        load(none, T);

        assertThat(none.knownTable(T)).isEmpty();
        assertThat(load(none, T).schemaId()).isEqualTo(2);
    }

    @Test
    void holdsNoMoreThanItMay() {
        MetadataCache small = new MetadataCache(Duration.ofHours(1), 10, nanos::get, known -> {});
        for (int i = 0; i < 1000; i++) {
            load(small, Identifier.create("db", "t" + i));
        }

        long known = 0;
        for (int i = 0; i < 1000; i++) {
            known += small.knownTable(Identifier.create("db", "t" + i)).isPresent() ? 1 : 0;
        }
        assertThat(known).isBetween(1L, 10L);
    }

    private MetadataCache cache(Duration expireAfter) {
        return new MetadataCache(expireAfter, 100, nanos::get, known -> {});
    }

    private TableInfo load(MetadataCache from, Identifier identifier) {
        return from.table(identifier, () -> table(identifier, loads.incrementAndGet()));
    }

    private TableInfo missing(MetadataCache from, Identifier identifier) {
        return from.table(identifier, () -> {
            loads.incrementAndGet();
            throw new NoSuchResourceException("no such table", ResourceType.TABLE, identifier.getObjectName());
        });
    }

    private static TableInfo table(Identifier identifier, long schemaId) {
        Schema schema = new Schema(List.of(), List.of(), List.of(), Map.of(), "");
        return new TableInfo(
                Optional.of("id"),
                identifier.getDatabaseName(),
                identifier.getObjectName(),
                "file:/t",
                false,
                schemaId,
                schema,
                noAudit());
    }

    private static DatabaseInfo database(String name) {
        return new DatabaseInfo(Optional.of("id"), name, Optional.empty(), Map.of(), noAudit());
    }

    private static Audit noAudit() {
        return new Audit(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
