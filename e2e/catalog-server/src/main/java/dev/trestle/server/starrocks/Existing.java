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

import dev.trestle.server.catalog.CatalogException;
import dev.trestle.server.http.Answer;
import java.util.function.Supplier;

/** What PUT does where POST refuses. */
final class Existing {

    private Existing() {}

    /** What making something answers, or where it is already, where it is. */
    static Answer orElse(Supplier<Answer> making, String uri) {
        try {
            return making.get();
        } catch (CatalogException e) {
            if (e.kind() == CatalogException.Kind.ALREADY_EXISTS) {
                return StarRocksJson.answer(200, uri);
            }
            throw e;
        }
    }
}
