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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/** A SQL session in this process, with jobs on a local cluster of its own. */
final class FlinkSession {

    private final TableEnvironment environment;

    private FlinkSession(TableEnvironment environment) {
        this.environment = environment;
    }

    static FlinkSession batch() {
        return open(EnvironmentSettings.newInstance().inBatchMode());
    }

    static FlinkSession streaming() {
        return open(EnvironmentSettings.newInstance().inStreamingMode());
    }

    private static FlinkSession open(EnvironmentSettings.Builder settings) {
        Configuration configuration = new Configuration();
        configuration.setString("parallelism.default", "1");
        configuration.setString("table.dml-sync", "true");
        configuration.setString("restart-strategy.type", "none");
        FlinkCluster.shared().use(configuration);
        configuration.setString("table.local-time-zone", "UTC");
        return new FlinkSession(TableEnvironment.create(
                settings.withConfiguration(configuration).build()));
    }

    /** Closes the session's catalogs. */
    void close() {
        run("USE CATALOG default_catalog");
        for (String catalog : environment.listCatalogs()) {
            if (!catalog.equals("default_catalog")) {
                run("DROP CATALOG `" + catalog + "`");
            }
        }
    }

    TableEnvironment environment() {
        return environment;
    }

    FlinkSession set(String key, String value) {
        environment.getConfig().set(key, value);
        return this;
    }

    /** Runs a statement that changes something, to its end. */
    FlinkSession run(String statement) {
        try {
            environment.executeSql(statement).await();
            return this;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted during: " + statement, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Failed: " + statement, e);
        }
    }

    /** The rows that a statement answers. */
    List<Row> sql(String statement) {
        List<Row> rows = new ArrayList<>();
        try (CloseableIterator<Row> iterator = environment.executeSql(statement).collect()) {
            iterator.forEachRemaining(rows::add);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("Could not read the result of: " + statement, e);
        }
        return rows;
    }

    /** The rows of a query as text, such as {@code [1, a]}; a batch read says of some that they were updated. */
    List<String> rows(String query) {
        return sql(query).stream()
                .map(row -> row.toString().substring(row.getKind().shortString().length()))
                .toList();
    }

    /** The first column of each row. */
    List<Object> column(String statement) {
        return sql(statement).stream().map(row -> row.getField(0)).toList();
    }

    /** Makes a catalog with these options and makes it current. */
    FlinkSession useCatalog(String name, Map<String, String> options) {
        String with = options.entrySet().stream()
                .map(option -> "'" + option.getKey() + "'='" + option.getValue().replace("'", "''") + "'")
                .collect(Collectors.joining(", "));
        run("CREATE CATALOG `" + name + "` WITH (" + with + ")");
        return run("USE CATALOG `" + name + "`");
    }
}
