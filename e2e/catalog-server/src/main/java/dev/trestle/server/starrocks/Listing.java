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
package dev.trestle.server.starrocks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.server.catalog.CatalogException;
import dev.trestle.server.catalog.Page;
import dev.trestle.server.catalog.PageRequest;
import dev.trestle.server.http.Answer;
import dev.trestle.server.http.RouteHandler.RoutedCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Pages counted from zero, of listings that the catalog pages by name. */
final class Listing {

    static final Set<String> PARAMETERS = Set.of("page_num", "page_size");

    private static final int DEFAULT_SIZE = 100;

    private Listing() {}

    /** Everything that the catalog lists. */
    static <T> List<T> all(Function<PageRequest, Page<T>> listing) {
        List<T> items = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            Page<T> page = listing.apply(new PageRequest(PageRequest.MAXIMUM_LIMIT, after));
            items.addAll(page.items());
            after = page.next();
        } while (after.isPresent());
        return items;
    }

    /** The page of a listing that a call asks for. */
    static <T> Answer page(RoutedCall call, List<T> all, Function<T, JsonNode> json) {
        int number = number(call, "page_num", 0, 0, Integer.MAX_VALUE / PageRequest.MAXIMUM_LIMIT);
        int size = number(call, "page_size", DEFAULT_SIZE, 1, PageRequest.MAXIMUM_LIMIT);
        ObjectNode page = StarRocksJson.object().put("pageNum", number).put("pageSize", size);
        page.put("pages", (all.size() + size - 1) / size).put("total", all.size());
        int from = Math.min(number * size, all.size());
        all.subList(from, Math.min(from + size, all.size()))
                .forEach(item -> page.withArray("items").add(json.apply(item)));
        page.withArray("items");
        return StarRocksJson.answer(200, page);
    }

    private static int number(RoutedCall call, String name, int absent, int least, int most) {
        Optional<String> text = call.parameter(name);
        if (text.isEmpty()) {
            return absent;
        }
        try {
            int number = Integer.parseInt(text.get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw CatalogException.invalid(
                name + " is a number from " + least + " to " + most + ", not '" + text.get() + "'.");
    }
}
