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
import org.apache.flink.table.catalog.ObjectPath;

/**
 * Whether a name was a table's or a view's when it was last seen. Tells whom to ask first, and which of the two a
 * statement means: Flink loads what it is going to drop or rename, and checks its kind.
 *
 * <p>Safe for use by several threads.
 */
final class SeenKinds {

    /** What the service keeps apart and Flink does not. */
    enum Kind {
        TABLE,
        VIEW
    }

    private static final int MAX_NAMES = 10_000;

    private final Cache<ObjectPath, Kind> kinds =
            Caffeine.newBuilder().maximumSize(MAX_NAMES).executor(Runnable::run).build();

    Optional<Kind> of(ObjectPath path) {
        return Optional.ofNullable(kinds.getIfPresent(path));
    }

    void seen(ObjectPath path, Kind kind) {
        kinds.put(path, kind);
    }

    void missing(ObjectPath path) {
        kinds.invalidate(path);
    }
}
