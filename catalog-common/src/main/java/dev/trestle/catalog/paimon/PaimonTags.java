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

import static dev.trestle.catalog.paimon.PaimonSnapshots.path;

import dev.trestle.catalog.api.Page;
import dev.trestle.catalog.api.PageRequest;
import dev.trestle.catalog.api.TagApi;
import dev.trestle.catalog.http.HttpCall.Repeat;
import dev.trestle.catalog.paimon.PaimonClient.Task;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.rest.responses.GetTagResponse;

/** {@code /tags} of the Paimon REST API. */
record PaimonTags(PaimonClient client) implements TagApi {

    private record CreateRequest(String tagName, Long snapshotId, String timeRetained) {}

    private record ListAnswer(List<String> tags, String nextPageToken) {}

    @Override
    public Page<String> list(Identifier identifier, PageRequest page, Optional<String> namePrefix) {
        Map<String, String> query = Listings.query(page);
        namePrefix.ifPresent(prefix -> query.put("tagNamePrefix", prefix));
        ListAnswer answer = client.get(
                PaimonTables.task("listTagsOf", identifier), path(identifier, "tags"), query, ListAnswer.class);
        return Listings.page(answer.tags, answer.nextPageToken);
    }

    @Override
    public GetTagResponse get(Identifier identifier, String tag) {
        return client.get(
                task("getTag", identifier, tag), path(identifier, "tags", tag), Map.of(), GetTagResponse.class);
    }

    @Override
    public void create(Identifier identifier, String tag, OptionalLong snapshotId, Optional<String> timeRetained) {
        client.post(
                task("createTag", identifier, tag),
                path(identifier, "tags"),
                new CreateRequest(
                        tag, snapshotId.isPresent() ? snapshotId.getAsLong() : null, timeRetained.orElse(null)),
                Repeat.CHANGE);
    }

    @Override
    public void delete(Identifier identifier, String tag) {
        client.delete(task("deleteTag", identifier, tag), path(identifier, "tags", tag));
    }

    private static Task task(String operation, Identifier identifier, String tag) {
        return new Task(operation, "'" + tag + "' of table '" + identifier.getFullName() + "'");
    }
}
