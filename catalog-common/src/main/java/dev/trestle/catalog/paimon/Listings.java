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
package dev.trestle.catalog.paimon;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trestle.catalog.api.MalformedAnswerException;
import dev.trestle.catalog.api.Page;
import dev.trestle.catalog.api.PageRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the listings of all resources have alike: {@code maxResults}, {@code pageToken}, a pattern, and a page. */
final class Listings {

    private static final Logger LOG = LoggerFactory.getLogger(Listings.class);

    private Listings() {}

    static Map<String, String> query(PageRequest page) {
        Map<String, String> query = new LinkedHashMap<>();
        page.maxResults().ifPresent(max -> query.put("maxResults", Integer.toString(max)));
        page.token().ifPresent(token -> query.put("pageToken", token));
        return query;
    }

    /** @param parameter what the pattern is called */
    static Map<String, String> query(PageRequest page, String parameter, Optional<String> pattern) {
        Map<String, String> query = query(page);
        pattern.ifPresent(text -> query.put(parameter, text));
        return query;
    }

    /**
     * A page as the service answers it.
     *
     * @param items null is an empty page
     * @param nextToken null and the empty string both end a listing
     */
    static <T> Page<T> page(List<T> items, String nextToken) {
        return new Page<>(
                Objects.requireNonNullElse(items, List.of()),
                Optional.ofNullable(nextToken).filter(text -> !text.isEmpty()));
    }

    /**
     * A page of what this version can read: an item of a newer service that it cannot read is left out, and named in a
     * warning.
     *
     * @param kind what the items are, such as {@code view}
     * @param nameField where an item's name is, or what stands for one
     */
    static <A, T> Page<T> readablePage(
            String kind, String nameField, List<JsonNode> items, String nextToken, Class<A> type, Function<A, T> read) {
        List<T> readable = new ArrayList<>();
        for (JsonNode item : Objects.requireNonNullElse(items, List.<JsonNode>of())) {
            JsonNode names = item.path(nameField);
            String name = names.isObject() ? names.toString() : names.asText("");
            try {
                readable.add(read.apply(PaimonJson.read(item, type)));
            } catch (IOException e) {
                LOG.warn(
                        "The {} '{}' is left out of a listing: the service describes it with {}",
                        kind,
                        name,
                        PaimonJson.unknownContent(e).orElse("something unreadable"));
            } catch (MalformedAnswerException e) {
                LOG.warn("The {} '{}' is left out of a listing: {}", kind, name, e.getMessage());
            }
        }
        return page(readable, nextToken);
    }
}
