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
package dev.trestle.trino.security;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The options with which the catalog shows the service who it is. */
public final class OwnCredentials {

    private static final Pattern OPTION =
            Pattern.compile("token|token\\.provider|basic\\..*|oauth2\\..*|dlf\\.(?!oss-endpoint$|region$).*");

    private OwnCredentials() {}

    /** Those among options that are credentials, or say which there are; in the order of the alphabet. */
    public static List<String> among(Map<String, String> options) {
        return options.entrySet().stream()
                .filter(option -> OPTION.matcher(option.getKey()).matches())
                .filter(option -> !(option.getKey().equals("token.provider")
                        && option.getValue().equals("none")))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    static Map<String, String> without(Map<String, String> options) {
        return options.entrySet().stream()
                .filter(option -> !OPTION.matcher(option.getKey()).matches())
                .collect(toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
