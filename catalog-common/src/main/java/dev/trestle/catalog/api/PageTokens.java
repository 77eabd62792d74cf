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

import java.util.HashSet;
import java.util.Set;

/**
 * The page tokens of one listing, each of which must lead on: a listing in which one comes for the second time would never end.
 * For one thread.
 */
public final class PageTokens {

    private final Set<String> seen = new HashSet<>();

    /**
     * The token to ask the next page with.
     *
     * @param token as the last page has it; null where that was the last one, which is then answered too
     * @throws MalformedAnswerException if the listing has had it before
     */
    public String next(String token) {
        if (token != null && !seen.add(token)) {
            throw new MalformedAnswerException(
                    "The service answered a listing with a page token that the listing has had"
                            + " before, so that it would never end");
        }
        return token;
    }
}
