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
package dev.trestle.e2e.trino;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * What one Trino server has that another has not.
 *
 * @param catalogs the properties of each catalog, by its name, beside the catalog {@code tpch} of generated rows
 * @param environment of the process, such as secrets that catalogs refer to
 * @param heap the most that the JVM takes for objects, such as {@code 1g}
 */
public record TrinoSettings(Map<String, Map<String, String>> catalogs, Map<String, String> environment, String heap) {

    public TrinoSettings {
        catalogs = Map.copyOf(catalogs);
        environment = Map.copyOf(environment);
        requireNonNull(heap, "heap is null");
    }

    /** A small server. */
    public static TrinoSettings of(Map<String, Map<String, String>> catalogs, Map<String, String> environment) {
        return new TrinoSettings(catalogs, environment, "1g");
    }

    public TrinoSettings withHeap(String largest) {
        return new TrinoSettings(catalogs, environment, largest);
    }

    @Override
    public String toString() {
        return "Trino with the catalogs " + catalogs.keySet();
    }
}
