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
package dev.trestle.e2e.tpch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/** Queries of TPC-H, each with the values for its parameters that the benchmark validates with. */
public enum TpchQuery {
    /** Pricing summary: an aggregation over nearly all line items. */
    Q1("pricing summary report"),
    /** Shipping priority: three tables, the ten largest. */
    Q3("shipping priority"),
    /** Local supplier volume: a join of all six tables. */
    Q5("local supplier volume"),
    /** Forecasting revenue change: a selective scan. */
    Q6("forecasting revenue change"),
    /** Shipping modes and order priority: a join of the two largest tables. */
    Q12("shipping modes and order priority");

    private final String title;

    TpchQuery(String title) {
        this.title = title;
    }

    /** The benchmark's own name of the query, in lower case. */
    public String title() {
        return title;
    }

    /** The statement, without a semicolon. Flink, Trino and DuckDB read it alike. */
    public String sql() {
        return resource(".sql").strip();
    }

    /** What DuckDB answers over the rows of {@link TpchRows#QUICKSTART_SCALE}. */
    public ExpectedRows expectedRows() {
        return ExpectedRows.parse(resource(".expected.csv"));
    }

    /** The name of the resource beside this class. */
    String resourceName(String suffix) {
        return name().toLowerCase(Locale.ROOT) + suffix;
    }

    private String resource(String suffix) {
        String name = resourceName(suffix);
        try (InputStream resource = TpchQuery.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(resource, name + " is not in the jar")
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
