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
package dev.trestle.catalog.storage;

import java.io.IOException;
import java.io.Serializable;

/** Finds the file system to use now, in this process or in another one of the same job. */
@FunctionalInterface
public interface FileIOSource extends Serializable {

    /**
     * May do I/O, where a credential has to be vended. The caller releases what it gets.
     *
     * @throws TableCredentialsException if no credential can be had
     */
    LeasedFiles acquire() throws IOException;
}
