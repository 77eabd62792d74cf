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

/**
 * A statement was sent and the answer that names its operation was lost: it may be running, and nobody can find it. It is not
 * to be sent again; closing the session ends it, unless it is an INSERT whose job has already started.
 */
public final class SubmissionLostException extends GatewayException {

    private static final long serialVersionUID = 1L;

    SubmissionLostException(String message, GatewayUnreachableException cause) {
        super(message, cause);
    }
}
