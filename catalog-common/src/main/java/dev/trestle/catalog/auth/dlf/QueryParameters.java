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

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A query as both signatures see it: sorted by name, and without the equals sign where a value is empty.
 *
 * <p>The values are decoded, and encoded again where a signature wants that: the service sees them in one form, while a client
 * may write a space as {@code +} or {@code %20} and a tilde as itself or {@code %7E}.
 */
record QueryParameters(SortedMap<String, String> decoded) {

    private static final QueryParameters NONE = new QueryParameters(new TreeMap<>());

    static QueryParameters parse(Optional<String> encodedQuery) {
        if (encodedQuery.isEmpty() || encodedQuery.get().isEmpty()) {
            return NONE;
        }
        SortedMap<String, String> parameters = new TreeMap<>();
        for (String parameter : encodedQuery.get().split("&")) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            String value = equals < 0 ? "" : parameter.substring(equals + 1);
            parameters.put(FormEncoding.decode(name), FormEncoding.decode(value));
        }
        return new QueryParameters(parameters);
    }

    boolean isEmpty() {
        return decoded.isEmpty();
    }

    void appendEncoded(StringBuilder out) {
        append(out, FormEncoding::encode);
    }

    void appendDecoded(StringBuilder out) {
        append(out, UnaryOperator.identity());
    }

    private void append(StringBuilder out, UnaryOperator<String> form) {
        String separator = "";
        for (Map.Entry<String, String> parameter : decoded.entrySet()) {
            out.append(separator).append(parameter.getKey());
            if (!parameter.getValue().isEmpty()) {
                out.append('=').append(form.apply(parameter.getValue()));
            }
            separator = "&";
        }
    }
}
