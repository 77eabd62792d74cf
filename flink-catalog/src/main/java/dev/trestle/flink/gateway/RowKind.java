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

import java.util.stream.Stream;

/** What a row of a changelog says of the row that it holds. A batch query's rows are all {@link #INSERT}. */
public enum RowKind {
    INSERT("+I"),
    UPDATE_BEFORE("-U"),
    UPDATE_AFTER("+U"),
    DELETE("-D");

    private final String sign;

    RowKind(String sign) {
        this.sign = sign;
    }

    /** Flink's own short form, such as {@code +I}. */
    public String sign() {
        return sign;
    }

    static RowKind named(String name) {
        return Stream.of(values())
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UnexpectedAnswerException("The gateway sent a row of the unknown kind " + name));
    }
}
