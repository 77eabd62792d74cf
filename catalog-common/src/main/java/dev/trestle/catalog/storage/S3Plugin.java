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

import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.URL;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.FileIOLoader;
import org.apache.paimon.fs.PluginFileIO;
import org.apache.paimon.plugin.PluginLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Paimon's S3 plugin (paimon-s3) does not do for itself: run on JDK 24 and later, and give back what a file system holds
 * when it is no longer used. Both need fields that are private there; where a release has them no longer, the plugin is left
 * as it is.
 */
final class S3Plugin {

    private static final Logger LOG = LoggerFactory.getLogger(S3Plugin.class);

    private static final String LOADER = "org.apache.paimon.s3.S3Loader";
    private static final String FILE_IO = "org.apache.paimon.s3.S3FileIO";
    private static final String DIRECTORY = "paimon-plugin-s3/";
    private static final int FIRST_JDK_WITHOUT_GET_SUBJECT = 24;

    private static boolean ready;

    private S3Plugin() {}

    /** Makes the plugin usable in this process, where it is on the class path. */
    static synchronized void makeReady() {
        if (ready) {
            return;
        }
        ready = true;
        resolveOneName();
        if (Runtime.version().feature() < FIRST_JDK_WITHOUT_GET_SUBJECT) {
            return;
        }
        ClassLoader owner = FileIOLoader.class.getClassLoader();
        URL plugin = owner.getResource(DIRECTORY);
        if (plugin == null) {
            return;
        }
        try {
            Field loader = Class.forName(LOADER, true, owner).getDeclaredField("loader");
            loader.setAccessible(true);
            if (loader.get(null) == null) {
                PluginLoader ours = new S3PluginClassLoader(plugin, owner).asPluginLoader(DIRECTORY);
                loader.set(null, ours);
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

    /** Closes a file system that the plugin opened, which else is kept until the process ends; another one is left alone. */
    static void release(FileIO fileIO) {
        if (!(fileIO instanceof PluginFileIO)) {
            return;
        }
        try {
            Object inner = field(PluginFileIO.class, "lazyFileIO").get(fileIO);
            if (inner == null || !inner.getClass().getName().equals(FILE_IO)) {
                return;
            }
            Object opened = field(inner.getClass().getSuperclass(), "fsMap").get(inner);
            Object kept = field(inner.getClass(), "CACHE").get(null);
            if (opened instanceof Map<?, ?> fileSystems && kept instanceof Map<?, ?> all) {
                for (Object fileSystem : List.copyOf(fileSystems.values())) {
                    all.values().remove(fileSystem);
                    ((Closeable) fileSystem).close();
                }
            }
        } catch (ReflectiveOperationException | IOException | RuntimeException e) {
            LOG.debug("A file system of Paimon's S3 plugin was not closed", e);
        }
    }

    private static Field field(Class<?> type, String name) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
