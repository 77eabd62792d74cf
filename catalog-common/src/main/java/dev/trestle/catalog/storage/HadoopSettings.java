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

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * The values of a Hadoop configuration as they are sent: without the hundreds that are Hadoop's own defaults and that nobody has
 * changed. The reader has their files too, and has read them once. Where its release of Hadoop is another one, its own defaults
 * hold there.
 */
final class HadoopSettings implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Where fewer values are left, they are not those of another file, which need not be read then. */
    private static final int FEWEST_OF_A_FILE = 100;

    /** Of {@link HadoopDefaults}: those of which the configuration has all values, changed or not. */
    private final List<String> files;

    private final Map<String, String> values;

    private HadoopSettings(List<String> files, Map<String, String> values) {
        this.files = List.copyOf(files);
        this.values = Map.copyOf(values);
    }

    static HadoopSettings of(Configuration configuration) {
        requireNonNull(configuration, "configuration is null");
        Map<String, String> values = HadoopDefaults.values(configuration);
        List<String> files = new ArrayList<>();
        int ofFiles = 0;
        for (String file : HadoopDefaults.FILES) {
            if (values.size() - ofFiles < FEWEST_OF_A_FILE) {
                break;
            }
            Map<String, String> defaults = HadoopDefaults.values(HadoopDefaults.of(List.of(file)));
            if (values.keySet().containsAll(defaults.keySet())) {
                files.add(file);
                ofFiles += defaults.size();
            }
        }
        values.entrySet()
                .removeAll(HadoopDefaults.values(HadoopDefaults.of(files)).entrySet());
        return new HadoopSettings(files, values);
    }

    /** All values again, on the defaults of this process. */
    Configuration toConfiguration() {
        Configuration configuration = new SentConfiguration(HadoopDefaults.of(files));
        values.forEach(configuration::set);
        return configuration;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HadoopSettings that && files.equals(that.files) && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** The names alone: among the values are secrets. */
    @Override
    public String toString() {
        return "HadoopSettings" + values.keySet();
    }
}
