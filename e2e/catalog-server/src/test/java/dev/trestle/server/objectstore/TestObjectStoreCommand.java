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
package dev.trestle.server.objectstore;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/** The object store as a process: {@code DIRECTORY PORT [ADDRESS]}, with the secret of its own key in {@code STORE_SECRET}. */
public final class TestObjectStoreCommand {

    private TestObjectStoreCommand() {}

    /** Serves until the process ends. */
    public static void main(String[] arguments) throws InterruptedException {
        try (TestObjectStore store = TestObjectStore.start(
                Path.of(arguments[0]),
                arguments.length > 2 ? arguments[2] : "127.0.0.1",
                Integer.parseInt(arguments[1]),
                System.getenv("STORE_SECRET"),
                Clock.systemUTC())) {
            new CountDownLatch(1).await();
        }
    }
}
