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
package dev.trestle.catalog.faults;

import dev.trestle.server.fault.Fault;
import dev.trestle.server.fault.Fault.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One way in which a call goes wrong.
 *
 * @param late whether the request reaches the server after the client has given it up
 */
record Harm(String name, Fault fault, boolean late) {

    /** Longer than a call may take in these tests, and shorter than finding out. */
    private static final Duration SLOW = Duration.ofMillis(1_400);

    private static final Map<String, String> RETRY_AFTER = Map.of("Retry-After", "1");

    /** Each fault before the server sees the request, and after it has done what was asked. */
    static List<Harm> all() {
        List<Harm> harms = new ArrayList<>();
        harms.add(harm("cut before", Fault.cutBefore()));
        harms.add(harm("cut after", Fault.cutAfter()));
        harms.add(harm("reset before", Fault.resetBefore()));
        harms.add(harm("reset after", Fault.resetAfter()));
        for (int status : new int[] {500, 502, 503, 504, 429}) {
            harms.add(harm(status + " before", answer(Moment.BEFORE, status, Map.of())));
            harms.add(harm(status + " after", answer(Moment.AFTER, status, Map.of())));
        }
        for (int status : new int[] {503, 429}) {
            harms.add(harm(status + " with Retry-After before", answer(Moment.BEFORE, status, RETRY_AFTER)));
            harms.add(harm(status + " with Retry-After after", answer(Moment.AFTER, status, RETRY_AFTER)));
        }
        harms.add(new Harm("slow before", Fault.delayBefore(SLOW), true));
        harms.add(harm("slow after", Fault.delayAfter(SLOW)));
        harms.add(harm("truncated", Fault.truncate(3)));
        return harms;
    }

    private static Harm harm(String name, Fault fault) {
        return new Harm(name, fault, false);
    }

    private static Fault answer(Moment moment, int status, Map<String, String> headers) {
        String body = "{\"message\":\"injected\",\"code\":" + status + "}";
        return new Fault.Answer(moment, status, headers, body);
    }

    @Override
    public String toString() {
        return name;
    }
}
