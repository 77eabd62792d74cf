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

/** Branches of a table: see {@link RestApi} for errors. The main branch is not among them. */
public interface BranchApi {

    /** The names of all branches. */
    List<String> list(Identifier identifier);

    /**
     * Creates a branch that must not exist.
     *
     * @param fromTag where it begins; empty for an empty branch
     */
    void create(Identifier identifier, String branch, Optional<String> fromTag);

    /** Renames a branch. */
    void rename(Identifier identifier, String from, String to);

    /** Makes the main branch what this branch is. */
    void fastForward(Identifier identifier, String branch);

    /** Drops a branch. */
    void drop(Identifier identifier, String branch);
}
