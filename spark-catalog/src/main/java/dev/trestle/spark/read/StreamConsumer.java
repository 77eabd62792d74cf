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
package dev.trestle.spark.read;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.apache.paimon.consumer.Consumer;
import org.apache.paimon.table.FileStoreTable;

/**
 * Keeps a note with the table of how far a stream has read it, if the stream has a {@code consumer-id}: snapshots from there on
 * do not expire. Where the stream goes on its checkpoint alone says.
 */
record StreamConsumer(FileStoreTable table) {

    StreamConsumer {
        requireNonNull(table, "table is null");
    }

    /** Notes that everything before a position has been read. */
    void note(StreamPosition position) {
        Optional.ofNullable(table.coreOptions().consumerId())
                .ifPresent(id -> table.consumerManager().resetConsumer(id, new Consumer(position.snapshot())));
    }
}
