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
package dev.trestle.server.paimon;

import dev.trestle.server.files.Warehouse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What clients are told about the warehouse before anything else.
 *
 * @param names what a client may call the warehouse
 * @param prefix the path segment under which the catalog is
 * @param defaults options that a client's own go before
 * @param overrides options that go before a client's own
 */
public record WarehouseConfig(
        Set<String> names, String prefix, Map<String, String> defaults, Map<String, String> overrides) {

    public WarehouseConfig {
        names = Set.copyOf(names);
        Map<String, String> all = new HashMap<>(defaults);
        all.put("prefix", prefix);
        defaults = Map.copyOf(all);
        overrides = Map.copyOf(overrides);
    }

    /** A warehouse that clients name by its path or URI, or by the last part of it. */
    public static WarehouseConfig of(
            Warehouse warehouse,
            String asConfigured,
            String prefix,
            Map<String, String> defaults,
            Map<String, String> overrides) {
        String uri = warehouse.root().toString();
        Set<String> names = new HashSet<>(List.of(
                asConfigured,
                uri,
                warehouse.root().toUri().getPath(),
                warehouse.root().getName()));
        return new WarehouseConfig(names, prefix, defaults, overrides);
    }

    /** Whether a client means this warehouse. Paimon's own client encodes the name twice. */
    boolean isCalled(String name) {
        return names.contains(name) || names.contains(trimmed(name)) || names.contains(trimmed(decoded(name)));
    }

    private static String trimmed(String name) {
        String simple = name.replaceFirst("^file:/+", "file:/");
        return simple.length() > 1 && simple.endsWith("/") ? simple.substring(0, simple.length() - 1) : simple;
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }
}
