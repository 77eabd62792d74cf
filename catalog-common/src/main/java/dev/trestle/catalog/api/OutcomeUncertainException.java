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
package dev.trestle.catalog.api;

import java.util.Optional;

/**
 * A change left for the service, and its answer was lost, cut, or a failure after which it may or may not be applied.
 * Whoever knows how to tell reads the object and finds out; who cannot throws {@link OutcomeUnknownException}.
 */
public class OutcomeUncertainException extends ServiceException {

    private static final long serialVersionUID = 1L;

    private final boolean answered;
    private final boolean refused;

    /** @param answered whether the service itself answered, so that the request is not still on its way */
    public OutcomeUncertainException(String message, boolean answered, Throwable cause) {
        super(message, cause);
        this.answered = answered;
        this.refused = false;
    }

    /**
     * The service refused, and may do so because an earlier attempt of the same call was applied.
     *
     * @param refusal what the answer means where the change is not seen to be done
     */
    public OutcomeUncertainException(ServiceException refusal) {
        super(refusal.getMessage(), refusal);
        this.answered = true;
        this.refused = true;
    }

    /** Whether the service itself answered with a failure, so that the change will not land later. */
    public boolean answered() {
        return answered;
    }

    /** What to report where the change is not seen to be done; empty where nothing is known then. */
    public Optional<ServiceException> refusal() {
        return refused ? Optional.of((ServiceException) getCause()) : Optional.empty();
    }
}
