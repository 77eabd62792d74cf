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
package dev.trestle.e2e.gateway;

import dev.trestle.e2e.process.PassingProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Passes requests on, and loses the answer to the first of each path that a test names, after the gateway has given it. */
final class LosingProxy extends PassingProxy {

    private final Set<String> lost = ConcurrentHashMap.newKeySet();
    private final Predicate<String> loses;

    LosingProxy(URI target, Predicate<String> loses) throws IOException {
        super(target);
        this.loses = loses;
    }

    int lostAnswers() {
        return lost.size();
    }

    @Override
    protected boolean isAnswered(String path, byte[] answer) {
        boolean isReady = !new String(answer, StandardCharsets.UTF_8).contains("NOT_READY");
        return !(loses.test(path) && isReady && lost.add(path));
    }
}
