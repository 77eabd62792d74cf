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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.HdfsConfiguration;

/** What Hadoop's jars say for each value that nobody sets. Each file is read once, when it is first needed. */
final class HadoopDefaults {

    /** In the order in which Hadoop reads them. The last two once something of MapReduce was used in the process, as by Parquet. */
    static final List<String> FILES =
            List.of("core-default.xml", "hdfs-default.xml", "mapred-default.xml", "yarn-default.xml");

    private static final Map<List<String>, Configuration> READ = new ConcurrentHashMap<>();

    private HadoopDefaults() {}

    /** All that is in these files; to be copied, not changed. */
    static Configuration of(List<String> files) {
        return READ.computeIfAbsent(List.copyOf(files), HadoopDefaults::read);
    }

    private static Configuration read(List<String> files) {
        Configuration defaults = new HdfsConfiguration(false);
        defaults.setClassLoader(Configuration.class.getClassLoader());
        files.forEach(defaults::addResource);
        return defaults;
    }

    /** A configuration's values as they were written: a reference to another value stays one. */
    static Map<String, String> values(Configuration configuration) {
        Map<String, String> values = new HashMap<>();
        configuration.forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        return values;
    }
}
