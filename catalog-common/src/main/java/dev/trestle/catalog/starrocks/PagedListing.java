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
package dev.trestle.catalog.starrocks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trestle.catalog.api.BadRequestException;
import dev.trestle.catalog.api.MalformedAnswerException;
import dev.trestle.catalog.api.Page;
import dev.trestle.catalog.api.PageRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A listing of the dialect, whose pages are counted from zero. The client filters, so a page of ours ends anywhere in one of the
 * service's: the token of the next one says where.
 */
record PagedListing(StarRocksClient client, Operation operation, List<String> path) {

    private static final int PAGE_SIZE = 100;

    /** Where a listing goes on: an item of one of the service's pages. */
    private record Position(int page, int item) {

        static Position of(PageRequest request) {
            if (request.token().isEmpty()) {
                return new Position(0, 0);
            }
            String token = request.token().get();
            int colon = token.indexOf(':');
            try {
                return new Position(
                        Integer.parseInt(token.substring(0, Math.max(colon, 0))),
                        Integer.parseInt(token.substring(colon + 1)));
            } catch (NumberFormatException e) {
                throw new BadRequestException("'" + token + "' is not a page token of this listing");
            }
        }

        Optional<String> token() {
            return Optional.of(page + ":" + item);
        }
    }

    private record ServicePage(List<JsonNode> items, boolean isLast) {}

    /**
     * A page.
     *
     * @param read what an item is; empty leaves it out
     */
    <T> Page<T> page(PageRequest request, Function<JsonNode, Optional<T>> read) {
        Position position = Position.of(request);
        List<T> found = new ArrayList<>();
        while (true) {
            ServicePage page = load(position.page());
            for (int i = position.item(); i < page.items().size(); i++) {
                Optional<T> item = read.apply(page.items().get(i));
                if (item.isPresent()) {
                    if (request.maxResults().isPresent()
                            && found.size() == request.maxResults().getAsInt()) {
                        return new Page<>(found, new Position(position.page(), i).token());
                    }
                    found.add(item.get());
                }
            }
            if (page.isLast()) {
                return new Page<>(found, Optional.empty());
            }
            position = new Position(position.page() + 1, 0);
            if (request.maxResults().isEmpty()) {
                return new Page<>(found, position.token());
            }
        }
    }

    /** Every item. */
    List<JsonNode> all() {
        return Page.all(request -> page(request, Optional::of));
    }

    private ServicePage load(int number) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("page_num", Integer.toString(number));
        query.put("page_size", Integer.toString(PAGE_SIZE));
        JsonNode result = client.get(operation, path, query);
        if (result.isArray()) {
            return new ServicePage(items(result), true);
        }
        if (result.path("pageNum").asInt(number) != number) {
            throw malformed("page " + result.path("pageNum").asInt() + " where page " + number + " was asked for");
        }
        if (!result.path("items").isArray() || !result.path("pages").isNumber()) {
            throw malformed("a page without its items, or without the number of pages");
        }
        return new ServicePage(
                items(result.path("items")), number + 1 >= result.path("pages").asInt());
    }

    private MalformedAnswerException malformed(String what) {
        return new MalformedAnswerException("Cannot " + operation.inWords() + ": the service answered " + what);
    }

    private static List<JsonNode> items(JsonNode array) {
        List<JsonNode> items = new ArrayList<>();
        array.forEach(items::add);
        return items;
    }
}
