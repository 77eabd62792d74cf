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
package dev.trestle.flink.write;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.util.InstantiationUtil;

/** Sends files from the tasks that wrote them to the one that publishes them, in the same run of a job. */
final class WrittenFilesSerializer implements SimpleVersionedSerializer<WrittenFiles> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(WrittenFiles files) throws IOException {
        return InstantiationUtil.serializeObject(files);
    }

    @Override
    public WrittenFiles deserialize(int version, byte[] bytes) throws IOException {
        try {
            return InstantiationUtil.deserializeObject(bytes, WrittenFiles.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IOException("The files of another task cannot be read: the tasks do not have the same jars", e);
        }
    }
}
