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

import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** A metric reporter that keeps the catalog's gauges, by their identifiers, also when their job has ended. */
public final class CollectedMetrics implements MetricReporter {

    private static final String GROUP = ".trestle.";
    private static final Map<String, Gauge<?>> GAUGES = new ConcurrentHashMap<>();

    /** What Flink finds it by. */
    public static final class Factory implements MetricReporterFactory {
        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            return new CollectedMetrics();
        }
    }

    static void configure(Configuration cluster) {
        cluster.setString("metrics.reporter.collected.factory.class", Factory.class.getName());
    }

    static void forget() {
        GAUGES.clear();
    }

    /** The value of a gauge whose identifier holds the first text and ends with the second. */
    static Optional<Long> value(String within, String end) {
        return GAUGES.entrySet().stream()
                .filter(gauge ->
                        gauge.getKey().contains(within) && gauge.getKey().endsWith(end))
                .findFirst()
                .map(gauge -> (Long) gauge.getValue().getValue());
    }

    /** What the gauges below an operator whose identifier holds the text are called, from the catalog's group on. */
    static Set<String> namesWithin(String operator) {
        return GAUGES.keySet().stream()
                .filter(identifier -> identifier.contains(operator))
                .map(identifier -> identifier.substring(identifier.indexOf(GROUP) + GROUP.length()))
                .collect(Collectors.toSet());
    }

    static String names() {
        return String.join("\n", GAUGES.keySet());
    }

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {}

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        String identifier = group.getMetricIdentifier(name);
        if (metric instanceof Gauge<?> gauge && identifier.contains(GROUP)) {
            GAUGES.put(identifier, gauge);
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {}
}
