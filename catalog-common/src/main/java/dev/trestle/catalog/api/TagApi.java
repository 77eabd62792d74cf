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

import java.util.Optional;
import java.util.OptionalLong;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.rest.responses.GetTagResponse;

/** Tags of a table: see {@link RestApi} for errors. */
public interface TagApi {

    /** One page of names. */
    Page<String> list(Identifier identifier, PageRequest page, Optional<String> namePrefix);

    /** The tag, with its snapshot. */
    GetTagResponse get(Identifier identifier, String tag);

    /**
     * Creates a tag that must not exist.
     *
     * @param snapshotId empty for the latest
     * @param timeRetained such as {@code 1 d}; empty for ever
     */
    void create(Identifier identifier, String tag, OptionalLong snapshotId, Optional<String> timeRetained);

    /** Deletes a tag; its snapshot may live on. */
    void delete(Identifier identifier, String tag);
}
