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
import dev.trestle.server.catalog.Partitions;
import dev.trestle.server.http.Answer;
import dev.trestle.server.http.RouteHandler.RoutedCall;
import java.util.List;
import java.util.Map;
import org.apache.paimon.partition.Partition;
import org.apache.paimon.rest.RESTApi;
import org.apache.paimon.rest.requests.BasePartitionsRequest;
import org.apache.paimon.rest.requests.ListPartitionsByNamesRequest;
import org.apache.paimon.rest.requests.MarkDonePartitionsRequest;
import org.apache.paimon.rest.responses.ListPartitionsResponse;

/** Partitions over HTTP. */
final class PartitionHandlers {

    private final Partitions partitions;

    PartitionHandlers(Partitions partitions) {
        this.partitions = partitions;
    }

    Answer list(RoutedCall call) {
        Page<Partition> page = partitions.list(
                TableHandlers.identifier(call),
                PaimonPaging.filter(call, RESTApi.PARTITION_NAME_PATTERN),
                PaimonPaging.page(call));
        return PaimonJson.answer(
                200, new ListPartitionsResponse(page.items(), page.next().orElse(null)));
    }

    Answer listByNames(RoutedCall call) {
        var request = PaimonJson.read(call.call().text(), ListPartitionsByNamesRequest.class);
        return PaimonJson.answer(
                200,
                new ListPartitionsResponse(partitions.listByNames(TableHandlers.identifier(call), specs(request))));
    }

    Answer markDone(RoutedCall call) {
        var request = PaimonJson.read(call.call().text(), MarkDonePartitionsRequest.class);
        partitions.markDone(TableHandlers.identifier(call), specs(request), call.user());
        return Answer.done();
    }

    private static List<Map<String, String>> specs(BasePartitionsRequest request) {
        if (request.getPartitionSpecs() == null) {
            throw CatalogException.invalid("The request has no partition specs.");
        }
        return request.getPartitionSpecs();
    }
}
