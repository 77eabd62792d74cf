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

/**
 * A typed client of the Flink SQL Gateway's REST endpoint, for programs that have nothing of Flink on their class path: it
 * knows versions 1 to 4 of the protocol and no class of Flink's. Start at {@link dev.trestle.flink.gateway.GatewayClient}.
 */
package dev.trestle.flink.gateway;
