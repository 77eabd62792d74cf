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
package dev.trestle.trino.write;

import io.trino.spi.Page;
import java.util.List;

/** How the rows of one kind of table are changed. Not safe for use by many threads. */
interface RowChanges {

    /** Adds the row of a page's position that is new. */
    void insert(BlockRow row) throws Exception;

    /** Adds the row that takes the place of one that is deleted with {@link #deleteUpdated}. */
    void insertUpdated(BlockRow row) throws Exception;

    /** Deletes the row that the row id of a position names. */
    void delete(Page page, int position) throws Exception;

    /** Deletes the row that another one takes the place of. */
    void deleteUpdated(Page page, int position) throws Exception;

    /** Ends the changes, and tells what came of them. */
    List<Fragment> finish() throws Exception;
}
