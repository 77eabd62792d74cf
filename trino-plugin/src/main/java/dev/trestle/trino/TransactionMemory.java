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
package dev.trestle.trino;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a transaction has learned from the service, so that it asks once. Safe for use by many threads. */
public final class TransactionMemory {

    private final List<Map<?, ?>> parts = new CopyOnWriteArrayList<>();

    /** A part of the memory, empty at first. */
    public <K, V> Map<K, V> part() {
        Map<K, V> part = new ConcurrentHashMap<>();
        parts.add(part);
        return part;
    }

    /** Forgets everything, since this transaction has changed something. */
    public void forget() {
        parts.forEach(Map::clear);
    }
}
