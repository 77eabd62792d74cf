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
package dev.trestle.flink;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Lets jobs that Paimon's procedures start run on the cluster of the tests: they ask Flink for an environment of their
 * own, as under a SQL Gateway, and would get a cluster of their own here.
 */
final class ClusterEnvironment extends StreamExecutionEnvironment {

    private ClusterEnvironment(Configuration configuration) {
        super(configuration);
    }

    /** For this process, from now on. */
    static void install(FlinkCluster cluster) {
        initializeContextEnvironment(configuration -> {
            Configuration all = new Configuration(configuration);
            cluster.use(all);
            return new ClusterEnvironment(all);
        });
    }
}
