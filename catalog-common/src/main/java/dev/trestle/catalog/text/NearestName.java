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
package dev.trestle.catalog.text;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What somebody may have meant who wrote a name that nobody knows. */
public final class NearestName {

    private static final int FARTHEST = 4;

    private NearestName() {}

    /**
     * The end of a message about an unknown name, such as {@code : did you mean 'id'?}; empty where no known name is like it:
     * where more than four characters differ, or more than half of them.
     */
    public static Optional<String> suggestion(String unknown, Stream<String> known) {
        return known.map(candidate -> Map.entry(
                        candidate, LevenshteinDistance.getDefaultInstance().apply(unknown, candidate)))
                .filter(candidate -> candidate.getValue() <= Math.min(FARTHEST, unknown.length() / 2))
                .min(Map.Entry.comparingByValue())
                .map(nearest -> ": did you mean '" + nearest.getKey() + "'?");
    }
}
