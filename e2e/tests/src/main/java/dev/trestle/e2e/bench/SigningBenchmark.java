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
package dev.trestle.e2e.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trestle.catalog.auth.AuthOptions;
import dev.trestle.catalog.auth.AuthProvider;
import dev.trestle.catalog.auth.AuthProviders;
import dev.trestle.catalog.auth.RequestToSign;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.paimon.rest.auth.DLFAuthProvider;
import org.apache.paimon.rest.auth.RESTAuthParameter;

/**
 * Signatures a second, beside Paimon's signers: both in one JVM and one thread, warmed with all kinds of requests, measured in
 * turn, by the processor time of the thread. Each is measured at the border that its own transport calls for a request: from
 * method, path, query and body to the headers.
 */
public final class SigningBenchmark {

    private static final Duration WARM_UP = Duration.ofMillis(300);
    private static final Duration ROUND = Duration.ofMillis(40);
    private static final int ROUNDS = 15;

    private static final int CALLS_BETWEEN_LOOKS = 500;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final String HOST = "cn-hangzhou-vpc.dlf.aliyuncs.com";
    private static final String REGION = "cn-hangzhou";

    private static final List<Kind> KINDS = List.of(
            new Kind("load a table", "GET", "/v1/wh/databases/sales/tables/orders", Map.of(), ""),
            new Kind("list tables", "GET", "/v1/wh/databases/sales/tables", page(), ""),
            new Kind("create a table", "POST", "/v1/wh/databases/sales/tables", Map.of(), json(600)),
            new Kind("commit", "POST", "/v1/wh/databases/sales/tables/orders/commit", Map.of(), json(4_000)));

    /** Keeps the compiler from leaving out work whose result nobody reads. */
    @SuppressWarnings("UnusedVariable")
    private static volatile int sink;

    private SigningBenchmark() {}

    /** @param args none */
    public static void main(String[] args) {
        print("Java %s, one thread", Runtime.version());
        print(
                "%-8s %-10s %-15s %14s %14s  %s",
                "signer", "key", "request", "Trestle", "Paimon", "share of Paimon's time");
        for (Key key : Key.values()) {
            measure("default", key);
            measure("openapi", key);
        }
    }

    private static void measure(String algorithm, Key key) {
        DLFAuthProvider paimon = DLFAuthProvider.fromAccessKey(
                "access-key-id", "access-key-secret", key.securityToken, "https://" + HOST, REGION, algorithm);
        try (AuthProvider ours = AuthProviders.create(options(algorithm, key))) {
            List<Pair> pairs = KINDS.stream()
                    .map(kind -> new Pair(kind, kind.signedBy(ours), kind.signedBy(paimon)))
                    .toList();
            for (int pass = 0; pass < 2; pass++) {
                pairs.forEach(pair -> {
                    nanosPerCall(pair.ours, WARM_UP);
                    nanosPerCall(pair.theirs, WARM_UP);
                });
            }
            double ourSum = 0;
            double theirSum = 0;
            for (Pair pair : pairs) {
                double[] our = new double[ROUNDS];
                double[] their = new double[ROUNDS];
                for (int round = 0; round < ROUNDS; round++) {
                    our[round] = nanosPerCall(pair.ours, ROUND);
                    their[round] = nanosPerCall(pair.theirs, ROUND);
                }
                report(algorithm, key, pair.kind.name, median(our), median(their));
                ourSum += median(our);
                theirSum += median(their);
            }
            report(algorithm, key, "one of each", ourSum / pairs.size(), theirSum / pairs.size());
        }
    }

    private static AuthOptions options(String algorithm, Key key) {
        Map<String, String> options = new HashMap<>(Map.of(
                "uri", "https://" + HOST,
                "token.provider", "dlf",
                "dlf.signing-algorithm", algorithm,
                "dlf.access-key-id", "access-key-id",
                "dlf.access-key-secret", "access-key-secret"));
        if (key.securityToken != null) {
            options.put("dlf.security-token", key.securityToken);
        }
        return new AuthOptions(options);
    }

    private static double nanosPerCall(Call call, Duration duration) {
        long start = THREADS.getCurrentThreadCpuTime();
        long end = start + duration.toNanos();
        long calls = 0;
        int results = 0;
        long now;
        do {
            for (int i = 0; i < CALLS_BETWEEN_LOOKS; i++) {
                results += call.run();
            }
            calls += CALLS_BETWEEN_LOOKS;
            now = THREADS.getCurrentThreadCpuTime();
        } while (now < end);
        sink = results;
        return (double) (now - start) / calls;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void report(String algorithm, Key key, String request, double ourNanos, double theirNanos) {
        print(
                "%-8s %-10s %-15s %,12.0f/s %,12.0f/s  %.2f",
                algorithm,
                key.name().toLowerCase(Locale.ROOT),
                request,
                1e9 / ourNanos,
                1e9 / theirNanos,
                ourNanos / theirNanos);
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private static Map<String, String> page() {
        Map<String, String> page = new LinkedHashMap<>();
        page.put("maxResults", "100");
        page.put("pageToken", "orders_2026");
        page.put("tableNamePattern", "orders%");
        return page;
    }

    private static String json(int length) {
        return "{\"comment\":\"" + "x".repeat(length) + "\"}";
    }

    private enum Key {
        PERMANENT(null),
        /** With a security token of the length that STS gives out; it is part of what is signed. */
        TEMPORARY("CAIS" + "x".repeat(600));

        private final String securityToken;

        Key(String securityToken) {
            this.securityToken = securityToken;
        }
    }

    /** The same signature by two libraries. */
    private record Pair(Kind kind, Call ours, Call theirs) {}

    private interface Call {
        int run();
    }

    private record Kind(String name, String method, String path, Map<String, String> parameters, String body) {

        Call signedBy(AuthProvider provider) {
            RequestToSign request = toSign();
            return () -> provider.headers(request).get("Authorization").hashCode();
        }

        private RequestToSign toSign() {
            byte[] bytes = body.getBytes(UTF_8);
            return new RequestToSign(
                    method,
                    HOST,
                    path,
                    parameters.isEmpty() ? Optional.empty() : Optional.of(query()),
                    bytes.length == 0 ? Optional.empty() : Optional.of("application/json"),
                    bytes.length == 0 ? Optional.empty() : Optional.of(bytes));
        }

        private String query() {
            return parameters.entrySet().stream()
                    .map(parameter ->
                            parameter.getKey() + "=" + parameter.getValue().replace("%", "%25"))
                    .collect(Collectors.joining("&"));
        }

        Call signedBy(DLFAuthProvider provider) {
            return () -> provider.mergeAuthHeader(
                            Map.of(), new RESTAuthParameter(path, parameters, method, body.isEmpty() ? null : body))
                    .get("Authorization")
                    .hashCode();
        }
    }
}
