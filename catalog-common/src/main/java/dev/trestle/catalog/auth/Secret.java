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
package dev.trestle.catalog.auth;

/**
 * A secret of the user's: a literal, or a reference to an environment variable or a file, resolved at each use. Its
 * {@code toString} never holds the value. Safe for use by many threads.
 */
public interface Secret {

    /**
     * A secret from an option's value: <code>${env:NAME}</code>, <code>${file:PATH}</code>, or a literal.
     *
     * @param key the option, for messages
     * @throws IllegalArgumentException if the value looks like a reference and is none of the two; the message names the
     *     option
     */
    static Secret of(String key, String value) {
        return SecretReferences.OF_PROCESS.parse(key, value);
    }

    /**
     * A text in which references stand between other characters, such as <code>Bearer ${env:TOKEN}</code>.
     *
     * @param key the option, for messages
     * @throws IllegalArgumentException if the whole value looks like a reference and is none; the message names the option
     */
    static Secret ofText(String key, String value) {
        return SecretReferences.OF_PROCESS.parseText(key, value);
    }

    /**
     * The value now. A file is read again when it has changed; white space around its content is dropped.
     *
     * @throws AuthenticationException if the variable is not set, or the file cannot be read or is empty; the message names
     *     the option and the variable or file
     */
    String reveal();

    /**
     * Called when the value was refused: forgets what has been read, so that the next {@link #reveal} reads it anew.
     *
     * @return whether the value can be another one then; false for a literal and for an environment variable
     */
    default boolean invalidate() {
        return false;
    }
}
