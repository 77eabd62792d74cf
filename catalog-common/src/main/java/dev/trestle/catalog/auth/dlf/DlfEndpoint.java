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

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the host of a DLF endpoint tells, such as {@code cn-hangzhou-vpc.dlf.aliyuncs.com}. Nothing else of the URI tells
 * anything: a database may be called {@code dlfnext}.
 *
 * @param host in lower case, without port
 */
record DlfEndpoint(String host) {

    private static final Pattern HOST = Pattern.compile("^(?:[a-zA-Z]+://)?(?:[^/?#@]*@)?([^/?#:]*)");

    /** Paimon's rule: two words, and a number where the region has one, as in {@code ap-southeast-1}. */
    private static final Pattern REGION = Pattern.compile("(?:pre-)?([a-z]+-[a-z]+(?:-\\d+)?)");

    DlfEndpoint {
        requireNonNull(host, "host is null");
    }

    static DlfEndpoint of(String uri) {
        Matcher matcher = HOST.matcher(uri);
        return new DlfEndpoint(matcher.find() ? matcher.group(1).toLowerCase(Locale.ROOT) : "");
    }

    Optional<String> region() {
        Matcher matcher = REGION.matcher(host);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Whether the endpoint is one of Alibaba Cloud's OpenAPI gateway, which wants the gateway's own signatures. */
    boolean isOpenApi() {
        return host.startsWith("dlfnext");
    }
}
