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
package dev.trestle.flink.gateway;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The versions of the gateway's REST protocol that this client speaks, oldest first. */
public enum ApiVersion {
    /** Flink 1.16 and later: statements and results as plain JSON. */
    V1,
    /** Flink 1.17 and later: row formats, configure-session, complete-statement. */
    V2,
    /** Flink 1.20 and later: the refresh of materialized tables, which no later version has. */
    V3,
    /** Flink 2.0 and later: scripts. */
    V4;

    /** The newest version up to a limit that a gateway offers; names in its list that are not known are passed over. */
    static Optional<ApiVersion> newestIn(Collection<String> offered, ApiVersion limit) {
        return Stream.of(values())
                .filter(version -> limit.isAtLeast(version) && version.isIn(offered))
                .max(Comparator.naturalOrder());
    }

    boolean isIn(Collection<String> offered) {
        return offered.stream().anyMatch(name()::equalsIgnoreCase);
    }

    boolean isAtLeast(ApiVersion other) {
        return compareTo(other) >= 0;
    }

    /** The first segment of the version's paths, such as {@code v4}. */
    String pathSegment() {
        return name().toLowerCase(Locale.ROOT);
    }
}
