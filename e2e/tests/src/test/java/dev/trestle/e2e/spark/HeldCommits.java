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
package dev.trestle.e2e.spark;

import dev.trestle.e2e.process.PassingProxy;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Passes requests on to a catalog server, but no commit: its client waits for the answer. */
final class HeldCommits extends PassingProxy {

    private static final long MOST_SECONDS = 120;

    private final CountDownLatch held = new CountDownLatch(1);

    HeldCommits(URI target) throws IOException {
        super(target);
    }

    /** Returns when a commit has come. */
    void awaitCommit() throws InterruptedException {
        if (!held.await(MOST_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("No commit came within " + MOST_SECONDS + " s");
        }
    }

    @Override
    protected boolean isPassed(String path) {
        if (!path.endsWith("/commit")) {
            return true;
        }
        held.countDown();
        return false;
    }
}
