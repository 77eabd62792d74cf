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

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.paimon.PagedList;
import org.apache.paimon.catalog.Catalog;
import org.junit.jupiter.api.Test;

class FunctionNamesTest {

    private static final ObjectPath F = new ObjectPath("d", "f");
    private static final ObjectPath ID = new ObjectPath("d", "id");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final AtomicInteger calls = new AtomicInteger();
    private final List<String> functions = new ArrayList<>();
    private final AtomicReference<String> nextPage = new AtomicReference<>();
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final ColumnNames columns = new ColumnNames();
    private final FunctionNames names = new FunctionNames(listing(), columns, now::get);

    /** A catalog that lists functions, and does nothing else. */
    private Catalog listing() {
        return (Catalog) Proxy.newProxyInstance(
                Catalog.class.getClassLoader(), new Class<?>[] {Catalog.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("listFunctionsPaged");
                    calls.incrementAndGet();
                    if (failure.get() != null) {
                        throw failure.get();
                    }
                    return new PagedList<>(List.copyOf(functions), nextPage.get());
                });
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    @Test
    void oneListingAnswersForASecond() {
        assertThat(names.stored(F)).isEmpty();
        assertThat(names.stored(ID)).isEmpty();
        functions.add("f");
        pass(Duration.ofMillis(999));
        assertThat(names.stored(F)).isEmpty();
        assertThat(calls).hasValue(1);
        pass(Duration.ofMillis(1));
        assertThat(names.stored(F)).hasValue("f");
        assertThat(calls).hasValue(2);
    }

    @Test
    void namesOfColumnsAreAnsweredForAMinute() {
        columns.remember(CatalogTable.newBuilder()
                .schema(Schema.newBuilder().column("id", DataTypes.INT()).build())
                .build());
        assertThat(names.stored(ID)).isEmpty();
        pass(Duration.ofSeconds(59));
        assertThat(names.stored(ID)).isEmpty();
        assertThat(calls).hasValue(1);
        pass(Duration.ofSeconds(1));
        functions.add("id");
        assertThat(names.stored(ID)).hasValue("id");
    }

    @Test
    void aFunctionOfOnesOwnIsSeenAtOnce() {
        assertThat(names.stored(F)).isEmpty();
        names.made(F);
        assertThat(names.stored(F)).hasValue("f");
        assertThat(calls).hasValue(1);
    }

    @Test
    void moreFunctionsThanAPageHoldsMustBeAskedFor() {
        nextPage.set("more");
        assertThat(names.stored(F)).hasValue("f");
    }

    @Test
    void whatDiffersByCaseAloneIsMeantWhereNoOtherDoes() {
        functions.add("F");
        assertThat(names.stored(F)).hasValue("F");
        functions.add("f");
        pass(Duration.ofSeconds(1));
        assertThat(names.stored(F)).hasValue("f");
        functions.addAll(List.of("Id", "iD"));
        assertThat(names.stored(ID)).isEmpty();
    }

    @Test
    void operatorsAreNotAskedFor() {
        assertThat(names.stored(new ObjectPath("d", ">"))).isEmpty();
        assertThat(calls).hasValue(0);
    }

    @Test
    void aServiceWithoutFunctionsHasNone() {
        failure.set(new UnsupportedOperationException("no functions here"));
        assertThat(names.stored(F)).isEmpty();
        assertThat(calls).hasValue(1);
    }
}
