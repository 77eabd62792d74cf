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

/**
 * A statement that ran, and what it took in the driver.
 *
 * @param nanos from the statement's text to its last row
 * @param cpuNanos of all threads of the driver's process in that time
 * @param planningMillis analysis, optimization and planning, as Spark counts them; of a statement that writes, analysis alone
 */
public record SparkMeasurement(SparkResult result, long nanos, long cpuNanos, long planningMillis) {

    public SparkMeasurement {
        requireNonNull(result, "result is null");
    }
}
