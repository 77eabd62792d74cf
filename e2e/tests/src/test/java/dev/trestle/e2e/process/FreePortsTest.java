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
package dev.trestle.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreePortsTest {

    @Test
    void givesNoPortTwiceAndNoneThatTheSystemHandsOut() {
        FreePorts ports = new FreePorts();
        Set<Integer> seen = new HashSet<>();

        for (int i = 0; i < 100; i++) {
            int port = ports.next();
            assertThat(port).isBetween(1024, 32767);
            assertThat(seen.add(port)).isTrue();
        }
    }

    /** As two programs that start at once, and have bound none of their ports yet. */
    @Test
    void givesNoPortThatAnotherHasGiven() {
        FreePorts one = new FreePorts();
        FreePorts other = new FreePorts();
        Set<Integer> seen = new HashSet<>();

        for (int i = 0; i < 1_000; i++) {
            assertThat(seen.add(one.next())).isTrue();
            assertThat(seen.add(other.next())).isTrue();
        }
    }
}
