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
package dev.trestle.server.paimon;

import dev.trestle.server.catalog.CatalogException;
import dev.trestle.server.catalog.PageRequest;
import dev.trestle.server.http.RouteHandler.RoutedCall;
import dev.trestle.server.store.NameFilter;
import org.apache.paimon.rest.RESTApi;

/** The query parameters of listings. */
final class PaimonPaging {

    private PaimonPaging() {}

    /** {@code maxResults}, of which 0 means the default and more than the maximum means that, and {@code pageToken}. */
    static PageRequest page(RoutedCall call) {
        int limit = call.parameter(RESTApi.MAX_RESULTS).map(PaimonPaging::limit).orElse(PageRequest.DEFAULT_LIMIT);
        return new PageRequest(limit, call.parameter(RESTApi.PAGE_TOKEN));
    }

    private static int limit(String text) {
        try {
            long limit = Long.parseLong(text);
            if (limit >= 0) {
                return limit == 0 ? PageRequest.DEFAULT_LIMIT : (int) Math.min(limit, PageRequest.MAXIMUM_LIMIT);
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw CatalogException.invalid(RESTApi.MAX_RESULTS + " must be a number from 0 on, not '" + text + "'.");
    }

    /**
     * A name pattern: {@code %} at the end stands for anything, a backslash takes the next character as it is, and
     * {@code _} is a character like others. Patterns with more after a {@code %} are refused, as the API's are.
     */
    static NameFilter filter(RoutedCall call, String parameter) {
        return call.parameter(parameter).map(PaimonPaging::parse).orElseGet(NameFilter.Any::new);
    }

    static NameFilter parse(String pattern) {
        StringBuilder text = new StringBuilder();
        boolean escaped = false;
        boolean open = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (!escaped && c == '\\') {
                escaped = true;
            } else if (!escaped && c == '%') {
                open = true;
            } else if (open) {
                throw CatalogException.invalid(
                        "Only patterns that end with % are supported, such as 'abc%', not '" + pattern + "'.");
            } else {
                text.append(c);
                escaped = false;
            }
        }
        return open ? new NameFilter.StartsWith(text.toString()) : new NameFilter.Exactly(text.toString());
    }
}
