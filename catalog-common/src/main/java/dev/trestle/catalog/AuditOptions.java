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
package dev.trestle.catalog;

import dev.trestle.catalog.api.Audit;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.rest.responses.AuditRESTResponse;

/** Shows who made and changed an object as options of it, under the keys that Paimon's own catalog uses. */
final class AuditOptions {

    private AuditOptions() {}

    static void put(Audit audit, Map<String, String> options) {
        put(options, AuditRESTResponse.FIELD_OWNER, audit.owner());
        put(options, AuditRESTResponse.FIELD_CREATED_BY, audit.createdBy());
        put(options, AuditRESTResponse.FIELD_CREATED_AT, audit.createdAt());
        put(options, AuditRESTResponse.FIELD_UPDATED_BY, audit.updatedBy());
        put(options, AuditRESTResponse.FIELD_UPDATED_AT, audit.updatedAt());
    }

    private static void put(Map<String, String> options, String key, Optional<?> value) {
        value.ifPresent(present -> options.put(key, present.toString()));
    }
}
