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
package dev.trestle.catalog.queryauth;

import java.util.List;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.predicate.CastTransform;
import org.apache.paimon.predicate.Transform;
import org.apache.paimon.types.DataType;

/** A cast that leaves null what is null; Paimon's own casts expect a value. */
record NullSafeCast(CastTransform cast) implements Transform {

    private static final long serialVersionUID = 1L;

    @Override
    public String name() {
        return cast.name();
    }

    @Override
    public List<Object> inputs() {
        return cast.inputs();
    }

    @Override
    public DataType outputType() {
        return cast.outputType();
    }

    @Override
    public Object transform(InternalRow row) {
        return row.isNullAt(cast.fieldRef().index()) ? null : cast.transform(row);
    }

    @Override
    public Transform copyWithNewInputs(List<Object> inputs) {
        return new NullSafeCast((CastTransform) cast.copyWithNewInputs(inputs));
    }
}
