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
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.options.Options;
import org.apache.paimon.utils.InstantiationUtil;
import org.junit.jupiter.api.Test;

class SentConfigurationTest {

    @Test
    void eachValueArrives() throws Exception {
        Configuration values = new Configuration();
        values.set("fs.s3a.endpoint", "http://store");
        values.set("a.reference", "${fs.s3a.endpoint}/x");

        Configuration arrived = send(send(new SentConfiguration(values)));

        assertThat(all(arrived)).isEqualTo(all(values));
        assertThat(arrived.get("a.reference")).isEqualTo("http://store/x");
    }

    @Test
    void whereAValueIsFromIsNotSentNorMadeUpByWhoSendsItOn() throws Exception {
        String key = "fs.s3a.impl";
        Configuration values = new Configuration();
        assertThat(values.getPropertySources(key)).isNotEmpty();

        Configuration once = send(new SentConfiguration(values));

        assertThat(once.getPropertySources(key)).isEmpty();
        assertThat(send(once).getPropertySources(key)).isEmpty();
    }

    private static Configuration send(Configuration configuration) throws Exception {
        return InstantiationUtil.clone(CatalogContext.create(new Options(), configuration))
                .hadoopConf();
    }

    private static Map<String, String> all(Configuration configuration) {
        Map<String, String> all = new HashMap<>();
        configuration.forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        return all;
    }
}
