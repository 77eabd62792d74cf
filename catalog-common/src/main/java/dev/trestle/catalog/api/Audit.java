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
package dev.trestle.catalog.api;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Who made and changed an object, and when, as far as the service says.
 *
 * @param createdAt epoch milliseconds
 * @param updatedAt epoch milliseconds
 */
public record Audit(
        Optional<String> owner,
        Optional<Long> createdAt,
        Optional<String> createdBy,
        Optional<Long> updatedAt,
        Optional<String> updatedBy) {

    /** Nothing is known. */
    public static final Audit NONE =
            new Audit(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public Audit {
        requireNonNull(owner, "owner is null");
        requireNonNull(createdAt, "createdAt is null");
        requireNonNull(createdBy, "createdBy is null");
        requireNonNull(updatedAt, "updatedAt is null");
        requireNonNull(updatedBy, "updatedBy is null");
    }
}
