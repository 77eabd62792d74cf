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
 * Tables of which not everybody may read everything. A service may answer row filters and column masks for a table that
 * has the option {@code query-auth.enabled}; {@link dev.trestle.catalog.queryauth.AuthorizedTable} is such a table with
 * them applied on every way to its rows. Knows nothing of ours, and no engine.
 */
package dev.trestle.catalog.queryauth;
