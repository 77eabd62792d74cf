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

import dev.trestle.server.http.Answer;
import dev.trestle.server.http.HttpException;
import dev.trestle.server.http.RouteHandler.RoutedCall;
import org.apache.paimon.rest.responses.ConfigResponse;

/** The configuration that clients ask for first. */
final class ConfigHandlers {

    private final WarehouseConfig config;

    ConfigHandlers(WarehouseConfig config) {
        this.config = config;
    }

    Answer get(RoutedCall call) {
        call.parameter("warehouse").filter(name -> !config.isCalled(name)).ifPresent(name -> {
            throw new HttpException(404, "This server has no warehouse '" + name + "'.");
        });
        return PaimonJson.answer(200, new ConfigResponse(config.defaults(), config.overrides()));
    }
}
