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
package dev.trestle.catalog.auth.dlf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DlfEndpointTest {

    @ParameterizedTest
    @CsvSource({
        "http://cn-hangzhou-vpc.dlf.aliyuncs.com, cn-hangzhou",
        "https://pre-cn-hangzhou-vpc.dlf.aliyuncs.com:443/, cn-hangzhou",
        "https://ap-southeast-1-vpc.dlf.aliyuncs.com, ap-southeast-1",
        "https://AP-SouthEast-1-vpc.dlf.aliyuncs.com, ap-southeast-1",
        "us-east-1-vpc.dlf.aliyuncs.com, us-east-1",
    })
    void theHostNamesTheRegion(String uri, String region) {
        assertThat(DlfEndpoint.of(uri).region()).contains(region);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1:8080/cn-hangzhou", "http://localhost?r=cn-hangzhou", "http://cn-hangzhou@lake"
            })
    void nothingButTheHostNamesTheRegion(String uri) {
        assertThat(DlfEndpoint.of(uri).region()).isEmpty();
    }

    @Test
    void aHostThatBeginsWithDlfnextIsOpenApi() {
        assertThat(DlfEndpoint.of("https://dlfnext.cn-hangzhou.aliyuncs.com").isOpenApi())
                .isTrue();
        assertThat(DlfEndpoint.of("https://DlfNext-vpc.cn-hangzhou.aliyuncs.com/x")
                        .isOpenApi())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://cn-hangzhou-vpc.dlf.aliyuncs.com/dlfnext",
                "http://cn-hangzhou-vpc.dlf.aliyuncs.com?warehouse=dlfnext",
                "http://dlfnext@cn-hangzhou-vpc.dlf.aliyuncs.com",
                "http://openapi.dlfnext.example",
            })
    void dlfnextElsewhereIsNot(String uri) {
        assertThat(DlfEndpoint.of(uri).isOpenApi()).isFalse();
    }
}
