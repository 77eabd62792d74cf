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

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One page of a listing.
 *
 * @param nextToken what to ask the next page with; empty on the last one
 */
public record Page<T>(List<T> items, Optional<String> nextToken) {

    public Page {
        items = List.copyOf(items);
        requireNonNull(nextToken, "nextToken is null");
    }

    /**
     * Every item of a listing, asked for page by page.
     *
     * @throws MalformedAnswerException if the service hands out a token twice, which would never end
     */
    public static <T> List<T> all(Function<PageRequest, Page<T>> listing) {
        List<T> items = new ArrayList<>();
        PageTokens tokens = new PageTokens();
        PageRequest request = PageRequest.first();
        while (true) {
            Page<T> page = listing.apply(request);
            items.addAll(page.items());
            if (page.nextToken().isEmpty()) {
                return items;
            }
            request = PageRequest.after(tokens.next(page.nextToken().get()));
        }
    }
}
