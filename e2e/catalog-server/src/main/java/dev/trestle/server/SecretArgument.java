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
package dev.trestle.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/** A secret on the command line, or where it is kept. */
final class SecretArgument {

    private static final String FILE = "@";
    private static final String ENVIRONMENT = "env:";

    private SecretArgument() {}

    /**
     * The secret itself, without the line end of a file.
     *
     * @throws IllegalArgumentException if it cannot be had, or is empty
     */
    static String resolve(String argument, Map<String, String> environment) {
        String secret = argument;
        if (argument.startsWith(FILE)) {
            secret = read(argument.substring(FILE.length()));
        } else if (argument.startsWith(ENVIRONMENT)) {
            String name = argument.substring(ENVIRONMENT.length());
            secret = environment.get(name);
            if (secret == null) {
                throw new IllegalArgumentException("the environment variable " + name + " is not set");
            }
        }
        if (secret.isBlank()) {
            throw new IllegalArgumentException("the secret is empty");
        }
        return secret;
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file)).stripTrailing();
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException("the file " + file + " cannot be read", e);
        }
    }
}
