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

import java.io.Serializable;
import java.util.Optional;

/**
 * The engine that uses the catalog, for the User-Agent header and the logs.
 *
 * @param name such as {@code flink}
 * @param version the engine's own
 * @param mdcKey the key in SLF4J's MDC under which the engine keeps the id of a query in threads that work for it; blank
 *     where it keeps none
 */
public record EngineInfo(String name, String version, String mdcKey) implements Serializable {

    /** A program that uses the catalog without an engine. */
    public static final EngineInfo NONE = new EngineInfo("java", System.getProperty("java.version", "unknown"));

    public EngineInfo {
        requireNonNull(name, "name is null");
        requireNonNull(version, "version is null");
        requireNonNull(mdcKey, "mdcKey is null");
    }

    /** An engine that keeps no query's id in the MDC. */
    public EngineInfo(String name, String version) {
        this(name, version, "");
    }

    Optional<String> queryIdKey() {
        return mdcKey.isBlank() ? Optional.empty() : Optional.of(mdcKey);
    }

    String userAgent() {
        String trestle = EngineInfo.class.getPackage().getImplementationVersion();
        return "trestle/" + (trestle == null ? "dev" : trestle) + " " + name + "/" + version;
    }
}
