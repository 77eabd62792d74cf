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
import dev.trestle.server.catalog.CatalogService;
import dev.trestle.server.catalog.Page;
import dev.trestle.server.http.Answer;
import dev.trestle.server.http.RouteHandler.RoutedCall;
import java.util.Optional;
import org.apache.paimon.consumer.ConsumerInfo;
import org.apache.paimon.rest.requests.ResetConsumerRequest;
import org.apache.paimon.rest.requests.RollbackSchemaRequest;
import org.apache.paimon.rest.requests.RollbackTableRequest;
import org.apache.paimon.rest.responses.ListConsumersResponse;

/** Rollbacks and consumers over HTTP. */
final class VersionHandlers {

    private final CatalogService catalog;

    VersionHandlers(CatalogService catalog) {
        this.catalog = catalog;
    }

    Answer rollback(RoutedCall call) {
        RollbackTableRequest request = PaimonJson.read(call.call().text(), RollbackTableRequest.class);
        if (request.getInstant() == null) {
            throw CatalogException.invalid("The request has no instant to roll back to.");
        }
        catalog.rollbacks()
                .rollback(
                        TableHandlers.identifier(call),
                        request.getInstant(),
                        Optional.ofNullable(request.getFromSnapshot()));
        return Answer.done();
    }

    Answer rollbackSchema(RoutedCall call) {
        RollbackSchemaRequest request = PaimonJson.read(call.call().text(), RollbackSchemaRequest.class);
        catalog.rollbacks().rollbackSchema(TableHandlers.identifier(call), request.getSchemaId());
        return Answer.done();
    }

    Answer listConsumers(RoutedCall call) {
        Page<ConsumerInfo> page = catalog.consumers()
                .list(TableHandlers.identifier(call), PaimonPaging.page(call))
                .map(consumer -> new ConsumerInfo(consumer.getKey(), consumer.getValue()));
        return PaimonJson.answer(
                200, new ListConsumersResponse(page.items(), page.next().orElse(null)));
    }

    Answer resetConsumer(RoutedCall call) {
        ResetConsumerRequest request = PaimonJson.read(call.call().text(), ResetConsumerRequest.class);
        catalog.consumers()
                .reset(
                        TableHandlers.identifier(call),
                        request.consumerId(),
                        Optional.ofNullable(request.nextSnapshotId()));
        return Answer.done();
    }
}
