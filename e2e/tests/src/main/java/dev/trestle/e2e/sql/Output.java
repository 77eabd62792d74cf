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
package dev.trestle.e2e.sql;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;

/**
 * Where things are written: rows to standard output, everything else beside it.
 *
 * @param showsProgress whether a person looks on
 */
record Output(PrintStream rows, PrintStream messages, Format format, boolean showsProgress) {

    /** How rows are written. */
    enum Format {
        table,
        json
    }

    Output {
        requireNonNull(rows, "rows is null");
        requireNonNull(messages, "messages is null");
        requireNonNull(format, "format is null");
    }

    ResultPrinter printer(boolean withKinds) {
        return switch (format) {
            case table -> new TablePrinter(rows, withKinds);
            case json -> new JsonPrinter(rows);
        };
    }

    Progress progress() {
        return showsProgress ? Progress.shown(messages) : Progress.hidden(messages);
    }

    void note(String text) {
        messages.println(text);
    }
}
