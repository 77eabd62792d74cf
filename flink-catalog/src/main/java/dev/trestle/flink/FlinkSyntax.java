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

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.SqlParserException;
import org.apache.flink.table.api.TableEnvironment;

/**
 * Whether a text is a query that Flink's parser understands. Flink lends catalogs no parser, so an empty table
 * environment is asked; what a query names is not known there, and not asked for.
 *
 * <p>Safe for use by several threads.
 */
final class FlinkSyntax {

    private static final int MAX_REMEMBERED = 1_000;

    private final Cache<String, Optional<String>> problems = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .executor(Runnable::run)
            .build();

    /** What the parser has against a query, in one line; empty if it has nothing. */
    Optional<String> problem(String query) {
        return problems.get(query, FlinkSyntax::parse);
    }

    /** The planner keeps what it works on in the thread, and this may be called while it plans: hence another thread. */
    private static Optional<String> parse(String query) {
        AtomicReference<String> problem = new AtomicReference<>();
        Thread parser = new Thread(() -> problem.set(problemOrNull(query)), "trestle-view-syntax");
        parser.setDaemon(true);
        parser.start();
        try {
            parser.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a view's query was parsed", e);
        }
        return Optional.ofNullable(problem.get());
    }

    private static String problemOrNull(String query) {
        try {
            TableEnvironment.create(EnvironmentSettings.inBatchMode()).explainSql(query);
            return null;
        } catch (SqlParserException e) {
            return e.getMessage().lines().findFirst().orElse("SQL parse failed.");
        } catch (RuntimeException e) {
            return null; // It parses, and names what an empty environment does not have.
        }
    }
}
