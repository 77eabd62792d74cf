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
package dev.trestle.catalog.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocationsTest {

    @ParameterizedTest
    @CsvSource({
        "s3://b/wh/t, s3a://b/wh/t/, true",
        "s3://b/wh/t, s3n://b/wh/t/v2, true",
        "s3://b/wh/t, s3://b/wh, true",
        "S3://b/wh/t, s3://b/wh/t, true",
        "abfs://box@acct/wh/t, abfss://box@acct/wh/t, true",
        "file:/wh/t, /wh/t, true",
        "hdfs://name:8020/wh/t, /wh/t, true",
        "s3://b/wh/t, s3://b/wh/t2, false",
        "s3://b/wh/t, s3://c/wh/t, false",
        "s3://b/wh/t, oss://b/wh/t, false"
    })
    void placesOverlapWhereOneIsTheOtherOrInIt(String one, String other, boolean expected) {
        assertThat(Locations.overlap(one, other)).isEqualTo(expected);
        assertThat(Locations.overlap(other, one)).isEqualTo(expected);
    }
}
