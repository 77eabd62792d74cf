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
package dev.trestle.e2e.spark;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The statements of {@code conformance.sql}, which are the same for all releases of Spark. A line {@code -- feature: name}
 * begins a feature, a line {@code --> a|b} is a row that the statement before it must answer.
 */
public final class Conformance {

    private static final String FEATURE = "-- feature: ";
    private static final String ROW = "--> ";

    private final List<Feature> features;

    private record Feature(String name, List<Check> checks) {}

    /** @param rows empty where the answer is not looked at */
    private record Check(String sql, List<String> rows) {}

    private Conformance(List<Feature> features) {
        this.features = List.copyOf(features);
    }

    /** Reads the script. */
    public static Conformance load() {
        try (InputStream script = Conformance.class.getResourceAsStream("conformance.sql")) {
            byte[] bytes =
                    requireNonNull(script, "conformance.sql is not in the jar").readAllBytes();
            return parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Conformance parse(String script) {
        List<Feature> features = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        for (String line : script.lines().toList()) {
            if (line.startsWith(FEATURE)) {
                features.add(new Feature(line.substring(FEATURE.length()), new ArrayList<>()));
            } else if (line.startsWith(ROW)) {
                List<Check> checks = features.get(features.size() - 1).checks();
                checks.get(checks.size() - 1).rows().add(line.substring(ROW.length()));
            } else if (!line.startsWith("--") && line.endsWith(";")) {
                statement.append(line, 0, line.length() - 1);
                features.get(features.size() - 1).checks().add(new Check(statement.toString(), new ArrayList<>()));
                statement.setLength(0);
            } else if (!line.startsWith("--") && !line.isBlank()) {
                statement.append(line).append('\n');
            }
        }
        return new Conformance(features);
    }

    /** The names of the features, in order. */
    public List<String> features() {
        return features.stream().map(Feature::name).toList();
    }

    /** Runs all of it; for each feature nothing where it works, or what went wrong first. */
    public Map<String, Optional<String>> run(SparkDriver spark) {
        Map<String, Optional<String>> results = new LinkedHashMap<>();
        for (Feature feature : features) {
            results.put(feature.name(), firstFailure(feature, spark));
        }
        return results;
    }

    private static Optional<String> firstFailure(Feature feature, SparkDriver spark) {
        for (Check check : feature.checks()) {
            try {
                List<String> answer = spark.run(check.sql()).lines();
                if (!check.rows().isEmpty() && !check.rows().equals(answer)) {
                    return Optional.of(check.sql() + ": " + check.rows() + " is expected, " + answer + " came");
                }
            } catch (SparkStatementException e) {
                return Optional.of(
                        check.sql() + ": " + e.getMessage().lines().findFirst().orElse(""));
            }
        }
        return Optional.empty();
    }
}
