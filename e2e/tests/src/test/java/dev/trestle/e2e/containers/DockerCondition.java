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
package dev.trestle.e2e.containers;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/** Asks for a Docker that answers. Why it does not goes to the log too: Maven prints no reason of a skipped class. */
final class DockerCondition implements ExecutionCondition {

    private static final Logger LOG = LoggerFactory.getLogger(DockerCondition.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        try {
            DockerClientFactory.lazyClient().pingCmd().exec();
            return ConditionEvaluationResult.enabled("Docker answers");
        } catch (IllegalStateException e) {
            String reason = "No Docker answers, CONTRIBUTING.md says how to have one: " + e.getMessage();
            LOG.warn("{} is skipped. {}", context.getDisplayName(), reason);
            return ConditionEvaluationResult.disabled(reason);
        }
    }
}
