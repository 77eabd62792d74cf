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

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.auth.AuthenticationException;
import dev.trestle.catalog.auth.Secret;

/** A token in a JSON file that something else keeps fresh: a file that has changed is read again. */
final class LocalFileTokenLoader implements DlfTokenLoader {

    private final String path;
    private final Secret file;
    private volatile String loaded = "";

    LocalFileTokenLoader(String path) {
        this.path = requireNonNull(path, "path is null");
        this.file = Secret.of(DlfOptions.TOKEN_PATH, "${file:" + path + "}");
    }

    @Override
    public DlfToken loadToken() {
        // A file system's clock may be too coarse to tell two writes apart.
        file.invalidate();
        String json = file.reveal();
        loaded = json;
        return DlfTokenJson.parse("Option '" + DlfOptions.TOKEN_PATH + "': " + description(), json);
    }

    /** A file that is missing for a moment, while it is being replaced, is no newer token. */
    @Override
    public boolean hasNewerToken() {
        try {
            return !file.reveal().equals(loaded);
        } catch (AuthenticationException e) {
            return false;
        }
    }

    @Override
    public String description() {
        return "file '" + path + "'";
    }
}
