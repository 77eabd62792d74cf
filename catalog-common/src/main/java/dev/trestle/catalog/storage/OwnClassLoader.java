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

/**
 * Lets this thread load by the class loader of what it calls. A thread of a pool may still have that of a Flink job that has
 * ended, and who looks for classes or settings with it fails: S3's client does at each new connection.
 */
final class OwnClassLoader implements AutoCloseable {

    private final Thread thread = Thread.currentThread();
    private final ClassLoader before = thread.getContextClassLoader();

    private OwnClassLoader(ClassLoader own) {
        thread.setContextClassLoader(own);
    }

    static OwnClassLoader of(Object called) {
        return new OwnClassLoader(called.getClass().getClassLoader());
    }

    @Override
    public void close() {
        thread.setContextClassLoader(before);
    }
}
