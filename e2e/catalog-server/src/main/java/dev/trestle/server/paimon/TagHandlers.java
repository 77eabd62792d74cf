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
import dev.trestle.server.catalog.Page;
import dev.trestle.server.catalog.Tags;
import dev.trestle.server.http.Answer;
import dev.trestle.server.http.RouteHandler.RoutedCall;
import dev.trestle.server.store.NameFilter;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.apache.paimon.rest.RESTApi;
import org.apache.paimon.rest.requests.CreateTagRequest;
import org.apache.paimon.rest.responses.GetTagResponse;
import org.apache.paimon.rest.responses.ListTagsResponse;
import org.apache.paimon.tag.Tag;
import org.apache.paimon.utils.TimeUtils;

/** Tags over HTTP. */
final class TagHandlers {

    private final Tags tags;

    TagHandlers(Tags tags) {
        this.tags = tags;
    }

    Answer list(RoutedCall call) {
        Page<String> page = tags.list(TableHandlers.identifier(call), prefix(call), PaimonPaging.page(call));
        return PaimonJson.answer(
                200, new ListTagsResponse(page.items(), page.next().orElse(null)));
    }

    /** A prefix, as the API says; one that ends with {@code %}, as other patterns do, is the same. */
    private static NameFilter prefix(RoutedCall call) {
        NameFilter filter = PaimonPaging.filter(call, RESTApi.TAG_NAME_PREFIX);
        return filter instanceof NameFilter.Exactly exactly ? new NameFilter.StartsWith(exactly.name()) : filter;
    }

    Answer get(RoutedCall call) {
        String name = call.variable("tag");
        Tag tag = tags.get(TableHandlers.identifier(call), name);
        return PaimonJson.answer(
                200,
                new GetTagResponse(
                        name,
                        tag.trimToSnapshot(),
                        // Paimon writes a local time into the file.
                        Optional.ofNullable(tag.getTagCreateTime())
                                .map(time -> time.atZone(ZoneId.systemDefault())
                                        .toInstant()
                                        .toEpochMilli())
                                .orElse(null),
                        Optional.ofNullable(tag.getTagTimeRetained())
                                .map(Duration::toString)
                                .orElse(null)));
    }

    Answer create(RoutedCall call) {
        CreateTagRequest request = PaimonJson.read(call.call().text(), CreateTagRequest.class);
        tags.create(
                TableHandlers.identifier(call),
                request.tagName(),
                Optional.ofNullable(request.snapshotId()),
                Optional.ofNullable(request.timeRetained()).map(TagHandlers::duration));
        return Answer.done();
    }

    private static Duration duration(String text) {
        try {
            return TimeUtils.parseDuration(text);
        } catch (IllegalArgumentException e) {
            throw CatalogException.invalid(
                    "How long to retain a tag is written as '1 d' or '12 h', not '" + text + "'.");
        }
    }

    Answer delete(RoutedCall call) {
        tags.delete(TableHandlers.identifier(call), call.variable("tag"));
        return Answer.done();
    }
}
