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
package dev.trestle.catalog.auth.dlf;

import dev.trestle.catalog.auth.AuthOptions;

/**
 * Makes the {@link DlfTokenLoader} that {@code dlf.token-loader} names. Found by {@link java.util.ServiceLoader}, so a user
 * adds one by putting a jar on the class path.
 */
public interface DlfTokenLoaderFactory {

    /** The value of {@code dlf.token-loader} that chooses this factory; compared without regard to case. */
    String identifier();

    /**
     * Makes a loader. Reads options only: no network, no file.
     *
     * @throws IllegalArgumentException if an option is missing or wrong; the message names the option's key
     */
    DlfTokenLoader create(AuthOptions options);
}
