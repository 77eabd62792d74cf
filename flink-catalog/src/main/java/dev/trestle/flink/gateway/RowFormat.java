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

/** How the gateway is asked to write the values of rows. Both are read into the Java classes that {@link ColumnType} lists. */
public enum RowFormat {
    /** JSON values. Lacks maps whose keys are no strings, and the types RAW, VARIANT and BITMAP. */
    JSON,
    /**
     * The text of a cast to STRING, for every type. Texts inside of ARRAY, MAP, MULTISET and ROW are not quoted, so that such
     * a value cannot be taken apart again: it stays text.
     */
    PLAIN_TEXT
}
