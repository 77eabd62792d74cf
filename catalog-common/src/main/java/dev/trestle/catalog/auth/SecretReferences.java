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

import static java.util.Objects.requireNonNull;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the forms that a secret's value may take. */
final class SecretReferences {

    /** Looks variables up in the environment of this process. */
    static final SecretReferences OF_PROCESS = new SecretReferences(System::getenv);

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(?<kind>[^:}]*)(:(?<target>[^{}]*))?}");

    private static final Pattern REFERENCE_WITHIN = Pattern.compile("\\$\\{(env|file):[^{}]+}");

    private final UnaryOperator<String> environment;

    /** @param environment a variable's value by its name; null where it is not set */
    SecretReferences(UnaryOperator<String> environment) {
        this.environment = requireNonNull(environment, "environment is null");
    }

    Secret parse(String key, String value) {
        Matcher reference = REFERENCE.matcher(value);
        if (!reference.matches()) {
            if (value.startsWith("${") && value.endsWith("}")) {
                throw notAReference(key);
            }
            return new Literal(key, value);
        }
        String target = reference.group("target");
        if (target == null || target.isBlank()) {
            throw notAReference(key);
        }
        return switch (reference.group("kind")) {
            case "env" -> new Variable(key, target.strip(), environment);
            case "file" -> new FileSecret(key, path(key, target.strip()));
            default -> throw notAReference(key);
        };
    }

    Secret parseText(String key, String value) {
        if (REFERENCE.matcher(value).matches()) {
            return parse(key, value);
        }
        List<Secret> parts = new ArrayList<>();
        Matcher within = REFERENCE_WITHIN.matcher(value);
        int end = 0;
        while (within.find()) {
            parts.add(new Literal(key, value.substring(end, within.start())));
            parts.add(parse(key, within.group()));
            end = within.end();
        }
        parts.add(new Literal(key, value.substring(end)));
        return parts.size() == 1 ? parts.get(0) : new Joined(parts);
    }

    private static Path path(String key, String target) {
        try {
            return Path.of(target);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("Option '" + key + "' refers to a file with an invalid path", e);
        }
    }

    /** The value may be a secret that only looks like a reference, so that the message does not repeat it. */
    private static IllegalArgumentException notAReference(String key) {
        return new IllegalArgumentException(
                "Option '" + key + "' looks like a reference, but is neither ${env:NAME} nor ${file:PATH}");
    }

    private record Joined(List<Secret> parts) implements Secret {
        @Override
        public String reveal() {
            return parts.stream().map(Secret::reveal).collect(Collectors.joining());
        }

        @Override
        public boolean invalidate() {
            // Each of them, and not up to the first that can change.
            return parts.stream().map(Secret::invalidate).reduce(false, Boolean::logicalOr);
        }
    }

    private record Literal(String key, String value) implements Secret {
        @Override
        public String reveal() {
            return value;
        }

        @Override
        public String toString() {
            return "Secret[" + key + "]";
        }
    }

    private record Variable(String key, String name, UnaryOperator<String> environment) implements Secret {
        @Override
        public String reveal() {
            String value = environment.apply(name);
            if (value == null || value.isBlank()) {
                throw new AuthenticationException("Option '" + key + "': environment variable '" + name + "' is "
                        + (value == null ? "not set" : "empty"));
            }
            return value.strip();
        }

        @Override
        public String toString() {
            return "Secret[" + key + " from environment variable " + name + "]";
        }
    }
}
