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

import org.apache.paimon.memory.HeapMemorySegmentPool;
import org.apache.paimon.memory.MemorySegment;

/** The pages that the writers of one sink share, and how much memory they hold. Not safe for use by many threads. */
final class WriteMemory extends HeapMemorySegmentPool {

    private long allocatedPages;

    /** @param most of what is held; a writer that needs more flushes */
    WriteMemory(long most, int pageSize) {
        super(most, pageSize);
    }

    @Override
    protected MemorySegment allocateMemory() {
        allocatedPages++;
        return super.allocateMemory();
    }

    /** Pages that came back are kept for the next writer. */
    long bytes() {
        return allocatedPages * pageSize();
    }
}
