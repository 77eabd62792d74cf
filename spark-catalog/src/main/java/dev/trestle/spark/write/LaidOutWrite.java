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
package dev.trestle.spark.write;

import static java.util.Objects.requireNonNull;

import org.apache.spark.sql.connector.distributions.Distribution;
import org.apache.spark.sql.connector.expressions.SortOrder;
import org.apache.spark.sql.connector.write.RequiresDistributionAndOrdering;

/** A write that asks Spark to give its tasks the rows as a layout says. */
public abstract class LaidOutWrite implements RequiresDistributionAndOrdering {

    private final WriteLayout layout;

    /** With this layout. */
    protected LaidOutWrite(WriteLayout layout) {
        this.layout = requireNonNull(layout, "layout is null");
    }

    @Override
    public final Distribution requiredDistribution() {
        return layout.distribution();
    }

    @Override
    public final boolean distributionStrictlyRequired() {
        return layout.strict();
    }

    @Override
    public final int requiredNumPartitions() {
        return layout.tasks();
    }

    @Override
    public final SortOrder[] requiredOrdering() {
        return layout.ordering();
    }
}
