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
package dev.trestle.trino;

import static io.trino.plugin.base.Versions.checkStrictSpiVersionMatch;

import com.google.inject.Injector;
import dev.trestle.trino.files.OssEndpoint;
import dev.trestle.trino.security.AccessControlModule;
import dev.trestle.trino.security.IdentityModule;
import io.airlift.bootstrap.Bootstrap;
import io.airlift.json.JsonModule;
import io.trino.filesystem.manager.FileSystemModule;
import io.trino.plugin.base.ConnectorContextModule;
import io.trino.plugin.base.jmx.ConnectorObjectNameGeneratorModule;
import io.trino.plugin.base.jmx.MBeanServerModule;
import io.trino.spi.classloader.ThreadContextClassLoader;
import io.trino.spi.connector.Connector;
import io.trino.spi.connector.ConnectorContext;
import io.trino.spi.connector.ConnectorFactory;
import java.util.Map;
import org.weakref.jmx.guice.MBeanModule;

/** Makes a connector for each catalog file with {@code connector.name=trestle}. */
public final class TrestleConnectorFactory implements ConnectorFactory {

    /** The value of {@code connector.name}. */
    public static final String NAME = "trestle";

    @Override
    public String getName() {
        return NAME;
    }

    /** @throws RuntimeException naming each property that is unknown, missing or wrong */
    @Override
    public Connector create(String catalogName, Map<String, String> config, ConnectorContext context) {
        checkStrictSpiVersionMatch(context, this);
        ClassLoader classLoader = getClass().getClassLoader();
        try (ThreadContextClassLoader ignored = new ThreadContextClassLoader(classLoader)) {
            Injector injector = new Bootstrap(
                            "io.trino.bootstrap.catalog." + catalogName,
                            new MBeanModule(),
                            new ConnectorObjectNameGeneratorModule("dev.trestle.trino", "trino.plugin.trestle"),
                            new MBeanServerModule(),
                            new JsonModule(),
                            new ConnectorContextModule(catalogName, context),
                            new FileSystemModule(catalogName, context, false),
                            new CatalogOptionsModule(),
                            new IdentityModule(),
                            new AccessControlModule(),
                            new TrestleModule(classLoader))
                    .doNotInitializeLogging()
                    .disableSystemProperties()
                    .setRequiredConfigurationProperties(OssEndpoint.translate(config))
                    .initialize();
            return injector.getInstance(TrestleConnector.class);
        }
    }
}
