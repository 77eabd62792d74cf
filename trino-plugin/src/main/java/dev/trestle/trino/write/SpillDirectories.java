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

import org.apache.paimon.disk.IOManager;

/** Where writers keep on this machine what does not fit into memory: a directory of its own for each, in the temporary one. */
public final class SpillDirectories {

    /** Made when it is first used, and removed when it is closed. */
    IOManager open() {
        return IOManager.create(System.getProperty("java.io.tmpdir"));
    }
}
