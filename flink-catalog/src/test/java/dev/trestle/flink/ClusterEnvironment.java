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
