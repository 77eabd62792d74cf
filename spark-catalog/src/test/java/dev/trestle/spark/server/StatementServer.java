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
package dev.trestle.spark.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A driver's program that runs SQL for other processes of this machine: {@code StatementServer PORT}. A statement is POSTed to
 * {@code /statements} and answered with {@code {"columns":[…],"rows":[[…]]}} or {@code {"error":"…"}}; {@code /health} answers
 * when it is ready. A statement for {@code /sessions/NAME} is run and measured in a session of its own. It uses what all
 * releases of Spark have, but for {@link MeasuredStatements}, and nothing of the catalog.
 */
public final class StatementServer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SparkSession spark;
    private final Map<String, SparkSession> sessions = new HashMap<>();

    private StatementServer(SparkSession spark) {
        this.spark = spark;
    }

    public static void main(String[] args) throws Exception {
        StatementServer statements = new StatementServer(SparkSession.builder().getOrCreate());
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 0);
        server.createContext("/health", exchange -> answer(exchange, Map.of()));
        server.createContext("/statements", statements::run);
        server.createContext("/sessions/", statements::measure);
        ClassLoader submitted = Thread.currentThread().getContextClassLoader();
        server.setExecutor(Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "statements");
            // It knows what came by --jars.
            thread.setContextClassLoader(submitted);
            return thread;
        }));
        server.start();
        // Spark ends a program whose main method has returned.
        new CountDownLatch(1).await();
    }

    private void run(HttpExchange exchange) throws IOException {
        String statement = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        answer(exchange, orError(() -> {
            Dataset<Row> result = spark.sql(statement);
            return Map.of("columns", Arrays.asList(result.columns()), "rows", cells(result.collectAsList()));
        }));
    }

    private void measure(HttpExchange exchange) throws IOException {
        String statement = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        SparkSession session = sessions.computeIfAbsent(exchange.getRequestURI().getPath(), name -> spark.newSession());
        answer(exchange, orError(() -> MeasuredStatements.run(session, statement)));
    }

    private static Map<String, Object> orError(Callable<Map<String, Object>> statement) {
        try {
            return statement.call();
        } catch (Exception | LinkageError e) {
            // Spark throws checked exceptions from methods that declare none, and a release may lack a class.
            return Map.of("error", String.valueOf(e));
        }
    }

    static List<List<Object>> cells(List<Row> rows) {
        List<List<Object>> all = new ArrayList<>();
        for (Row row : rows) {
            List<Object> cells = new ArrayList<>();
            for (int i = 0; i < row.length(); i++) {
                cells.add(cell(row.get(i)));
            }
            all.add(cells);
        }
        return all;
    }

    private static Object cell(Object value) {
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }

    private static void answer(HttpExchange exchange, Map<String, Object> answer) throws IOException {
        byte[] body = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
