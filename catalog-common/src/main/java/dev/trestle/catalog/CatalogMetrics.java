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

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.auth.TokenLoads;
import dev.trestle.catalog.http.HttpMetrics;
import dev.trestle.catalog.http.InMemoryHttpMetrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What one client of a service has done in this process since it was opened, for an engine's own metrics to read. All views
 * of a catalog with the same options count here. Safe for many threads; reading costs no I/O.
 */
public final class CatalogMetrics {

    /** The operation that asks for credentials for a table's files, as the calls are counted. */
    private static final String VENDING = "getDataTokenOf";

    private final InMemoryHttpMetrics calls = new InMemoryHttpMetrics();
    private final LongAdder authTokenLoads = new LongAdder();
    private final LongAdder authTokenErrors = new LongAdder();
    private final LongAdder cacheHits = new LongAdder();
    private final LongAdder cacheMisses = new LongAdder();

    /**
     * What was counted of the calls of one operation.
     *
     * @param errors calls without an answer, or with one that is an error, other than that an object is missing or there
     *     already
     * @param retries attempts beyond each call's first
     * @param totalTime of all calls together, with their repeats and the waits between them
     */
    public record Operation(long calls, long errors, long retries, Duration totalTime, Duration longestTime) {

        /** Nothing. */
        public static final Operation NONE = new Operation(0, 0, 0, Duration.ZERO, Duration.ZERO);

        /** Of one call; zero where there was none. */
        public Duration meanTime() {
            return calls == 0 ? Duration.ZERO : totalTime.dividedBy(calls);
        }

        /** Both together. */
        public Operation plus(Operation other) {
            return new Operation(
                    calls + other.calls,
                    errors + other.errors,
                    retries + other.retries,
                    totalTime.plus(other.totalTime),
                    longestTime.compareTo(other.longestTime) > 0 ? longestTime : other.longestTime);
        }
    }

    /**
     * What was counted so far.
     *
     * @param operations by the operation's name, such as {@code getTable}; {@code requestToken} is a call to an OAuth2 token
     *     endpoint
     * @param authTokenLoads attempts to load a token with which calls are authenticated, from a token endpoint, a file or a
     *     metadata service
     * @param authTokenErrors those of them that gave none
     * @param cacheHits how often a database or a table was known already
     * @param cacheMisses how often the service was asked for one
     */
    public record Snapshot(
            Map<String, Operation> operations,
            long authTokenLoads,
            long authTokenErrors,
            long cacheHits,
            long cacheMisses) {

        public Snapshot {
            operations = Map.copyOf(operations);
        }

        /** One operation; nothing where it was not called. */
        public Operation operation(String name) {
            return operations.getOrDefault(name, Operation.NONE);
        }

        /** All operations together. */
        public Operation total() {
            return operations.values().stream().reduce(Operation.NONE, Operation::plus);
        }

        /** How often the service gave credentials for a table's files. */
        public long vendedTokenLoads() {
            return operation(VENDING).calls() - operation(VENDING).errors();
        }
    }

    /** The counts now. A copy; what ends meanwhile may be half counted. */
    public Snapshot snapshot() {
        Map<String, Operation> operations = new HashMap<>();
        calls.snapshot()
                .forEach((name, counts) -> operations.put(
                        name,
                        new Operation(
                                counts.calls(),
                                counts.errors(),
                                counts.retries(),
                                counts.totalTime(),
                                counts.longestTime())));
        return new Snapshot(
                operations, authTokenLoads.sum(), authTokenErrors.sum(), cacheHits.sum(), cacheMisses.sum());
    }

    /** Adds what another client has counted that this one takes the place of. */
    void add(CatalogMetrics other) {
        requireNonNull(other, "other is null");
        calls.add(other.calls.snapshot());
        authTokenLoads.add(other.authTokenLoads.sum());
        authTokenErrors.add(other.authTokenErrors.sum());
        cacheHits.add(other.cacheHits.sum());
        cacheMisses.add(other.cacheMisses.sum());
    }

    HttpMetrics ofCalls() {
        return calls;
    }

    TokenLoads ofTokens() {
        return loaded -> {
            authTokenLoads.increment();
            if (!loaded) {
                authTokenErrors.increment();
            }
        };
    }

    void lookedUp(boolean known) {
        (known ? cacheHits : cacheMisses).increment();
    }

    @Override
    public String toString() {
        return "CatalogMetrics[" + snapshot() + "]";
    }
}
