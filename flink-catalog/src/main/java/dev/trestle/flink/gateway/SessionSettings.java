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
package dev.trestle.flink.gateway;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a session is opened.
 *
 * @param name for people who look at the gateway's logs
 * @param properties Flink's configuration of the session, such as {@code execution.runtime-mode}. The time zone is UTC and
 *     no other, for the gateway sends local times without their zone
 * @param heartbeat how often the gateway is told that the session is in use; empty: never, so that it ends when no call has
 *     come for a while
 */
public record SessionSettings(Optional<String> name, Map<String, String> properties, Optional<Duration> heartbeat) {

    private static final String TIME_ZONE = "table.local-time-zone";
    private static final String UTC = "UTC";

    /** No name, Flink's own configuration, a heartbeat each minute: gateways let go of a session after ten by default. */
    public static final SessionSettings DEFAULT =
            new SessionSettings(Optional.empty(), Map.of(), Optional.of(Duration.ofMinutes(1)));

    public SessionSettings {
        requireNonNull(name, "name is null");
        properties = Map.copyOf(properties);
        requireNonNull(heartbeat, "heartbeat is null");
        String zone = properties.getOrDefault(TIME_ZONE, UTC);
        if (!zone.equals(UTC)) {
            throw new IllegalArgumentException("Leave " + TIME_ZONE + " at UTC, not " + zone
                    + ": the gateway sends local times without their zone. Convert in SQL, or where values are shown");
        }
        if (heartbeat.isPresent() && heartbeat.get().toMillis() < 1) {
            throw new IllegalArgumentException("The heartbeat must be 1 ms or longer, but is " + heartbeat.get());
        }
    }

    /** The same with a name. */
    public SessionSettings withName(String newName) {
        return new SessionSettings(Optional.of(newName), properties, heartbeat);
    }

    /** The same with these properties. */
    public SessionSettings withProperties(Map<String, String> newProperties) {
        return new SessionSettings(name, newProperties, heartbeat);
    }

    /** The same with a heartbeat in this interval. */
    public SessionSettings withHeartbeat(Duration interval) {
        return new SessionSettings(name, properties, Optional.of(interval));
    }

    /** The same without heartbeats. */
    public SessionSettings withoutHeartbeat() {
        return new SessionSettings(name, properties, Optional.empty());
    }

    /** What is sent. */
    Map<String, String> allProperties() {
        Map<String, String> all = new TreeMap<>(properties);
        all.put(TIME_ZONE, UTC);
        return all;
    }

    /** Without the properties' values, which may hold secrets. */
    @Override
    public String toString() {
        return "SessionSettings[" + name.orElse("unnamed") + ", " + properties.keySet() + "]";
    }
}
