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
package dev.trestle.trino.procedure;

import dev.trestle.catalog.procedure.TimeText;
import dev.trestle.catalog.procedure.WrongArgumentException;
import io.trino.spi.connector.ConnectorSession;
import java.time.Instant;

/** A time as an argument has it: procedures take no timestamps, so it is a text. */
final class TimeArgument {

    private TimeArgument() {}

    /** A date, or a date and a time: the session's, or with an offset from UTC. */
    static Instant parse(String name, String text, ConnectorSession session) {
        try {
            return TimeText.parse(
                    name, Caller.required(name, text), session.getTimeZoneKey().getZoneId());
        } catch (WrongArgumentException e) {
            throw CalledTable.wrong(e.getMessage(), e);
        }
    }
}
