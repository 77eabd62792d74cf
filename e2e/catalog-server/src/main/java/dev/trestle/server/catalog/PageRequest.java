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
package dev.trestle.server.catalog;

import java.util.Optional;

/**
 * Which part of a listing is wanted.
 *
 * @param limit how many items at most
 * @param after the token of the page before
 */
public record PageRequest(int limit, Optional<String> after) {

    /** What a page holds if the request does not say. */
    public static final int DEFAULT_LIMIT = 100;

    /** What a page holds at most, whatever the request says. */
    public static final int MAXIMUM_LIMIT = 1000;

    public PageRequest {
        if (limit < 1 || limit > MAXIMUM_LIMIT) {
            throw new IllegalArgumentException("A page holds 1 to " + MAXIMUM_LIMIT + " items, not " + limit);
        }
    }

    /** One more than the page holds: it shows whether there is a next page. */
    int probe() {
        return limit + 1;
    }
}
