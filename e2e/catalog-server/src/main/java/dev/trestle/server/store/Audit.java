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
package dev.trestle.server.store;

/**
 * Who made an object and who changed it last.
 *
 * @param createdAt milliseconds since the epoch
 * @param updatedAt milliseconds since the epoch
 */
public record Audit(String owner, long createdAt, String createdBy, long updatedAt, String updatedBy) {

    /** The fields of an object that {@code user} makes now, and that {@code owner} owns. */
    public static Audit created(String owner, String user, long now) {
        return new Audit(owner, now, user, now, user);
    }
}
