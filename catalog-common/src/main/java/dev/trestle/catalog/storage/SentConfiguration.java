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

import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.WritableUtils;

/**
 * A Hadoop configuration that is quick to send. It goes with each table to each task, several times in one job, and Hadoop
 * compresses for each of its hundreds of values, alone, the name of the file that the value is from: some ten milliseconds to
 * write it, and ten to read it. This one sends the values without where they are from, which nothing but a message of Hadoop's
 * asks for, in the same format.
 */
public final class SentConfiguration extends Configuration {

    private static final String[] NO_SOURCES = {};

    /** The same values, and whatever resources are added to all configurations of this process later. */
    public SentConfiguration(Configuration values) {
        super(values);
    }

    /** None rather than unknown: a reader would take unknown sources for its own, and compress that when it sends them on. */
    @Override
    public void write(DataOutput out) throws IOException {
        Map<String, String> values = new HashMap<>();
        iterator().forEachRemaining(entry -> values.put(entry.getKey(), entry.getValue()));
        WritableUtils.writeVInt(out, values.size());
        for (Map.Entry<String, String> entry : values.entrySet()) {
            Text.writeString(out, entry.getKey());
            Text.writeString(out, entry.getValue());
            WritableUtils.writeCompressedStringArray(out, NO_SOURCES);
        }
    }
}
