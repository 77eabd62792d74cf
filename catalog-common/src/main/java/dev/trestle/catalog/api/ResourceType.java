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

import java.util.Locale;

/** The kinds of object that a service's errors speak of. */
public enum ResourceType {
    DATABASE,
    TABLE,
    COLUMN,
    SNAPSHOT,
    BRANCH,
    TAG,
    VIEW,
    DIALECT,
    FUNCTION,
    DEFINITION,
    /** None named, or one that this client does not know. */
    UNKNOWN;

    /** The type that a service's error names, in any case; {@link #UNKNOWN} for any other text and for null. */
    public static ResourceType of(String name) {
        if (name == null) {
            return UNKNOWN;
        }
        try {
            return valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return UNKNOWN;
        }
    }
}
