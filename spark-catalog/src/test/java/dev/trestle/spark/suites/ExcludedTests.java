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
package dev.trestle.spark.suites;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The tests of Spark's suites that cannot pass, each with the reason.
 *
 * @param reasons by suite, then by test
 */
record ExcludedTests(Map<String, Map<String, String>> reasons) {

    private static final String WHOLE_SUITE = "all of its tests";

    /** Reads the list: a reason in brackets, and below it lines with a suite, a colon and a test. */
    static ExcludedTests read() {
        Map<String, Map<String, String>> reasons = new HashMap<>();
        String reason = null;
        for (String line : text().lines().toList()) {
            if (line.startsWith("[") && line.endsWith("]")) {
                reason = line.substring(1, line.length() - 1);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                String[] suiteAndTest = line.split(": ", 2);
                if (reason == null || suiteAndTest.length < 2) {
                    throw new IllegalArgumentException("Not a test with a reason: " + line);
                }
                if (reasons.computeIfAbsent(suiteAndTest[0], suite -> new HashMap<>())
                                .put(suiteAndTest[1], reason)
                        != null) {
                    throw new IllegalArgumentException("Listed twice: " + line);
                }
            }
        }
        return new ExcludedTests(reasons);
    }

    private static String text() {
        try (InputStream list = ExcludedTests.class.getResourceAsStream("excluded-tests.txt")) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Suites of which some tests are excluded. */
    Set<String> suites() {
        return suites(tests -> !tests.containsKey(WHOLE_SUITE));
    }

    /** Suites that are not run. */
    Set<String> wholeSuites() {
        return suites(tests -> tests.containsKey(WHOLE_SUITE));
    }

    private Set<String> suites(Predicate<Map<String, String>> wanted) {
        return reasons.entrySet().stream()
                .filter(suite -> wanted.test(suite.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** The reasons of a suite's tests. */
    Map<String, String> of(String suite) {
        return reasons.getOrDefault(suite, Map.of());
    }

    /** How many tests are excluded, apart from whole suites. */
    int count() {
        return suites().stream().mapToInt(suite -> reasons.get(suite).size()).sum();
    }
}
