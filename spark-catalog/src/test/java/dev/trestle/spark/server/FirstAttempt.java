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
package dev.trestle.spark.server;

import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskContext;

/** What goes wrong in the first attempt of a task and in no other. A statement calls it by Spark's {@code java_method}. */
public final class FirstAttempt {

    private FirstAttempt() {}

    private static boolean isThis() {
        return TaskContext.get().attemptNumber() == 0;
    }

    /** Fails. */
    public static String fails() {
        if (isThis()) {
            throw new IllegalStateException("The first attempt is to fail");
        }
        return "done";
    }

    /** Takes so many seconds, or until the attempt is killed. */
    public static String takes(int seconds) throws InterruptedException {
        if (isThis()) {
            TimeUnit.SECONDS.sleep(seconds);
        }
        return "done";
    }
}
