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

import static java.util.Objects.requireNonNull;

import io.airlift.slice.Slice;
import io.airlift.slice.Slices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.deletionvectors.DeletionVector;
import org.apache.paimon.io.DataInputDeserializer;
import org.apache.paimon.io.DataOutputSerializer;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.CommitMessageSerializer;
import org.apache.paimon.utils.SerializationUtils;

/** What a task tells the coordinator of what it wrote. */
sealed interface Fragment {

    /** Files that were written, and files that they take the place of. */
    record Files(CommitMessage message) implements Fragment {
        public Files {
            requireNonNull(message, "message is null");
        }
    }

    /** Rows of one data file that are deleted. */
    record Deletions(BinaryRow partition, int bucket, String dataFile, DeletionVector positions) implements Fragment {
        public Deletions {
            requireNonNull(partition, "partition is null");
            requireNonNull(dataFile, "dataFile is null");
            requireNonNull(positions, "positions is null");
        }
    }

    /** For the way to the coordinator. */
    default Slice serialize() {
        try {
            DataOutputSerializer out = new DataOutputSerializer(256);
            if (this instanceof Files files) {
                CommitMessageSerializer serializer = new CommitMessageSerializer();
                out.writeBoolean(true);
                out.writeInt(serializer.getVersion());
                out.write(serializer.serialize(files.message()));
            } else if (this instanceof Deletions deletions) {
                out.writeBoolean(false);
                SerializationUtils.serializeBinaryRow(deletions.partition(), out);
                out.writeInt(deletions.bucket());
                out.writeUTF(deletions.dataFile());
                out.write(DeletionVector.serializeToBytes(deletions.positions()));
            }
            return Slices.wrappedBuffer(out.getCopyOfBuffer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Fragment deserialize(Slice serialized) {
        try {
            DataInputDeserializer in = new DataInputDeserializer(serialized.getBytes());
            if (in.readBoolean()) {
                int version = in.readInt();
                return new Files(new CommitMessageSerializer().deserialize(version, rest(in)));
            }
            BinaryRow partition = SerializationUtils.deserializeBinaryRow(in);
            int bucket = in.readInt();
            String dataFile = in.readUTF();
            return new Deletions(partition, bucket, dataFile, DeletionVector.deserializeFromBytes(rest(in)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] rest(DataInputDeserializer in) throws IOException {
        byte[] rest = new byte[in.available()];
        in.readFully(rest);
        return rest;
    }

    static List<Fragment> deserialize(Collection<Slice> serialized) {
        return serialized.stream().map(Fragment::deserialize).toList();
    }

    /** What the fragments tell of files. */
    static List<CommitMessage> messages(List<Fragment> fragments) {
        return fragments.stream()
                .filter(Files.class::isInstance)
                .map(fragment -> ((Files) fragment).message())
                .toList();
    }

    /** What the fragments tell of deleted rows. */
    static List<Deletions> deletions(List<Fragment> fragments) {
        return fragments.stream()
                .filter(Deletions.class::isInstance)
                .map(Deletions.class::cast)
                .toList();
    }
}
