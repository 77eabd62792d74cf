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
package dev.trestle.spark.function;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a lambda, such as {@code (Integer a, Integer b) -> a + b}.
 *
 * @param body an expression, or a block with its braces
 */
record JavaLambda(List<Parameter> parameters, String body) implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final Pattern LAMBDA =
            Pattern.compile("\\s*\\((?<parameters>[^()]*)\\)\\s*->\\s*(?<body>.+)", Pattern.DOTALL);

    /** A parameter as the lambda declares it. */
    record Parameter(String type, String name) implements Serializable {

        private static final long serialVersionUID = 1L;
    }

    /** @throws UnsupportedOperationException if it is no lambda whose parameters have types */
    static JavaLambda parse(String function, String text) {
        Matcher matcher = LAMBDA.matcher(text);
        if (!matcher.matches()) {
            throw wrong(function, text);
        }
        List<Parameter> parameters = new ArrayList<>();
        String declared = matcher.group("parameters").strip();
        for (String parameter : declared.isEmpty() ? new String[0] : declared.split(",", -1)) {
            String[] words = parameter.strip().split("\\s+");
            if (words.length != 2) {
                throw wrong(function, text);
            }
            parameters.add(new Parameter(words[0], words[1]));
        }
        return new JavaLambda(parameters, matcher.group("body").strip());
    }

    private static UnsupportedOperationException wrong(String function, String text) {
        return new UnsupportedOperationException(
                "Function " + function + " cannot be run by Spark: its definition is no"
                        + " lambda such as '(Integer a, Integer b) -> a + b', but '" + text + "'.");
    }

    /** As the statements of a method. */
    String statements() {
        return body.startsWith("{") ? body.substring(1, body.lastIndexOf('}')) : "return " + body + ";";
    }
}
