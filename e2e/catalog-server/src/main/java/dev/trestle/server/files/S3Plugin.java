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
package dev.trestle.server.files;

import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.URL;
import java.net.UnknownHostException;
import org.apache.paimon.fs.FileIOLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets Paimon's S3 plugin (paimon-s3) run on JDK 24 and later, as the clients do for theirs: the server shares no code with
 * them.
 */
final class S3Plugin {

    private static final Logger LOG = LoggerFactory.getLogger(S3Plugin.class);

    private static final String LOADER = "org.apache.paimon.s3.S3Loader";
    private static final String DIRECTORY = "paimon-plugin-s3/";
    private static final int FIRST_JDK_WITHOUT_GET_SUBJECT = 24;

    private S3Plugin() {}

    /** Makes the plugin usable in this process, where it is on the class path. */
    static synchronized void makeReady() {
        resolveOneName();
        ClassLoader owner = FileIOLoader.class.getClassLoader();
        URL plugin = owner.getResource(DIRECTORY);
        if (plugin == null || Runtime.version().feature() < FIRST_JDK_WITHOUT_GET_SUBJECT) {
            return;
        }
        try {
            Field loader = Class.forName(LOADER, true, owner).getDeclaredField("loader");
            loader.setAccessible(true);
            if (loader.get(null) == null) {
                loader.set(null, new S3PluginClassLoader(plugin, owner).asPluginLoader(DIRECTORY));
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.warn("Paimon's S3 plugin may not work on this JDK; on JDK 17 or 21 it does ({})", e.toString());
        }
    }

    /** The JDK looks for its name resolver once, with the thread's class loader: inside the plugin it would not find one. */
    private static void resolveOneName() {
        try {
            LOG.debug("Resolved {}", InetAddress.getByName("localhost"));
        } catch (UnknownHostException e) {
            LOG.debug("No name 'localhost' here", e);
        }
    }
}
