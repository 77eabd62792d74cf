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
package dev.trestle.trino.view;

import static dev.trestle.trino.TrestleErrorCode.SERVICE_ERROR;

import dev.trestle.catalog.api.OutcomeUnknownException;
import dev.trestle.trino.TrinoErrors;
import dev.trestle.trino.view.Views.Found;
import io.trino.spi.TrinoException;
import org.apache.paimon.catalog.Catalog;

/**
 * Makes a view again that was dropped for a new one, which could not be created. That settles also what became of a creation
 * without an answer: the service has one view of a name, so that once the old one is there, the new one is not, and cannot
 * come late.
 */
final class ViewRestoration {

    private ViewRestoration() {}

    /**
     * Makes the view again, unless there is one of its name.
     *
     * @param failure of the creation
     * @return what the statement fails with
     */
    static Exception of(Catalog catalog, Found before, Exception failure) {
        try {
            catalog.createView(before.identifier(), before.view(), false);
        } catch (Catalog.ViewAlreadyExistException e) {
            // Another client's, or the new one, which has come late: what is known of it, the failure says.
            failure.addSuppressed(e);
            return failure;
        } catch (Exception e) {
            failure.addSuppressed(e);
            return lost(before, failure, e);
        }
        return failure instanceof OutcomeUnknownException unknown ? notReplaced(before, unknown) : failure;
    }

    /** The failure's own text says that the outcome is unknown, which it is no more. */
    private static TrinoException notReplaced(Found before, OutcomeUnknownException failure) {
        return new TrinoException(
                SERVICE_ERROR,
                "Could not replace view " + before.identifier().getFullName() + "; it is as it was. "
                        + failure.reason().getMessage(),
                failure);
    }

    private static TrinoException lost(Found before, Exception failure, Exception ofRestoration) {
        TrinoException known =
                TrinoErrors.translate("replace view " + before.identifier().getFullName(), failure);
        return new TrinoException(
                known::getErrorCode,
                known.getMessage() + ". The view that was there is dropped, and could not be made again ("
                        + ofRestoration.getMessage() + "). If there is none, create it; its query was: "
                        + before.view().query(),
                failure);
    }
}
