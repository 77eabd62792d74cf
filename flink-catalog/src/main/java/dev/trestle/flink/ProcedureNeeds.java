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
package dev.trestle.flink;

import static dev.trestle.catalog.procedure.ServiceResource.BRANCHES;
import static dev.trestle.catalog.procedure.ServiceResource.SNAPSHOTS;
import static dev.trestle.catalog.procedure.ServiceResource.TAGS;

import dev.trestle.catalog.procedure.ServiceResource;
import java.util.Map;
import org.apache.paimon.catalog.Catalog;

/** What Paimon's procedures need the service to keep. */
final class ProcedureNeeds {

    private static final Map<String, ServiceResource> NEEDS = Map.ofEntries(
            Map.entry("create_tag", TAGS),
            Map.entry("create_tag_from_timestamp", TAGS),
            Map.entry("create_tag_from_watermark", TAGS),
            Map.entry("replace_tag", TAGS),
            Map.entry("delete_tag", TAGS),
            Map.entry("expire_tags", TAGS),
            Map.entry("create_branch", BRANCHES),
            Map.entry("rename_branch", BRANCHES),
            Map.entry("delete_branch", BRANCHES),
            Map.entry("fast_forward", BRANCHES),
            Map.entry("rollback_to", SNAPSHOTS),
            Map.entry("rollback_to_timestamp", SNAPSHOTS),
            Map.entry("rollback_to_watermark", SNAPSHOTS));

    private ProcedureNeeds() {}

    /** @throws UnsupportedOperationException if the service's protocol lacks what a procedure needs; nothing is sent */
    static void check(String procedure, Catalog catalog) {
        ServiceResource need = NEEDS.get(procedure);
        if (need != null) {
            need.require(catalog, "CALL sys." + procedure);
        }
    }
}
