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
import java.util.OptionalInt;

/**
 * Which page of a listing.
 *
 * @param maxResults at most so many items; empty leaves it to the service
 * @param token where the page begins; empty for the first
 */
public record PageRequest(OptionalInt maxResults, Optional<String> token) {

    public PageRequest {
        requireNonNull(maxResults, "maxResults is null");
        requireNonNull(token, "token is null");
    }

    /** The first page, of the size that the service likes. */
    public static PageRequest first() {
        return new PageRequest(OptionalInt.empty(), Optional.empty());
    }

    /** The page that a token stands for. */
    public static PageRequest after(String token) {
        return new PageRequest(OptionalInt.empty(), Optional.of(token));
    }
}
