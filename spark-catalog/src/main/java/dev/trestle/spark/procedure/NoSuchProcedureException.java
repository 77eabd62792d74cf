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
package dev.trestle.spark.procedure;

import org.apache.spark.SparkThrowable;

/** A catalog has no procedure of a name, or a procedure no parameter. Shown to the user as it is. */
final class NoSuchProcedureException extends RuntimeException implements SparkThrowable {

    private static final long serialVersionUID = 1L;

    private final String condition;

    private NoSuchProcedureException(String condition, String message) {
        super(message);
        this.condition = condition;
    }

    static NoSuchProcedureException procedure(String message) {
        return new NoSuchProcedureException("ROUTINE_NOT_FOUND", message);
    }

    static NoSuchProcedureException parameter(String message) {
        return new NoSuchProcedureException("UNRECOGNIZED_PARAMETER_NAME", message);
    }

    @Override
    public String getCondition() {
        return condition;
    }

    @Override
    @Deprecated
    public String getErrorClass() {
        return condition;
    }
}
