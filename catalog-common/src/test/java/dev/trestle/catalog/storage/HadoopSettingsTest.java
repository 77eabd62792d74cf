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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.mapred.JobConf;
import org.apache.paimon.utils.InstantiationUtil;
import org.junit.jupiter.api.Test;

class HadoopSettingsTest {

    /** In {@code core-default.xml}. */
    private static final String DEFAULTED = "io.file.buffer.size";

    private static final int FEW_BYTES = 1_000;

    @Test
    void whatTheUserSetArrivesBesideHadoopsDefaults() throws Exception {
        Configuration values = new HdfsConfiguration();
        values.set("fs.s3a.endpoint", "http://store");
        values.set(DEFAULTED, "1");
        values.set("a.reference", "${fs.s3a.endpoint}/x");

        Configuration arrived = send(send(HadoopSettings.of(values))).toConfiguration();

        assertThat(all(arrived)).isEqualTo(all(values));
        assertThat(arrived.get(DEFAULTED)).isEqualTo("1");
        assertThat(arrived.get("a.reference")).isEqualTo("http://store/x");
    }

    @Test
    void hadoopsDefaultsArriveWithoutBeingSent() throws Exception {
        HadoopSettings settings = HadoopSettings.of(new HdfsConfiguration());

        assertThat(all(send(settings).toConfiguration())).isEqualTo(all(new HdfsConfiguration()));
        assertThat(InstantiationUtil.serializeObject(settings)).hasSizeLessThan(FEW_BYTES);
    }

    /** A process that has used MapReduce's classes, as Parquet does, has more of them. */
    @Test
    void theDefaultsOfMapReduceArriveWithoutBeingSent() throws Exception {
        Configuration values = new JobConf();
        values.set("a", "b");
        HadoopSettings settings = HadoopSettings.of(values);

        assertThat(all(send(settings).toConfiguration())).isEqualTo(all(values));
        assertThat(InstantiationUtil.serializeObject(settings)).hasSizeLessThan(FEW_BYTES);
    }

    @Test
    void whatWasMadeWithoutHadoopsDefaultsArrivesWithoutThem() throws Exception {
        Configuration values = new Configuration(false);
        values.set("a", "b");

        assertThat(all(send(HadoopSettings.of(values)).toConfiguration())).isEqualTo(Map.of("a", "b"));
    }

    @Test
    void whatIsSentOnIsNoMoreThanWhatWasSent() throws Exception {
        Configuration values = new HdfsConfiguration();
        values.set("a", "b");
        HadoopSettings settings = HadoopSettings.of(values);

        assertThat(HadoopSettings.of(send(settings).toConfiguration())).isEqualTo(settings);
    }

    private static HadoopSettings send(HadoopSettings settings) throws Exception {
        return InstantiationUtil.clone(settings);
    }

    private static Map<String, String> all(Configuration configuration) {
        Map<String, String> all = new HashMap<>();
        configuration.forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        return all;
    }
}
