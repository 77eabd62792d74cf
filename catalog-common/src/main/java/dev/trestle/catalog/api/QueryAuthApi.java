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
package dev.trestle.catalog.api;

import java.util.List;
import java.util.Optional;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.catalog.TableQueryAuthResult;

/** What of a table the client may read: see {@link RestApi} for errors. */
public interface QueryAuthApi {

    /**
     * The filters and masks that a query has to apply.
     *
     * @param select the columns that it reads; empty for all
     * @throws ForbiddenException if it may read none of it
     */
    TableQueryAuthResult authorize(Identifier identifier, Optional<List<String>> select);
}
