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
package dev.trestle.catalog.storage;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import javax.security.auth.Subject;

/**
 * Who runs the current thread, on the JDKs where {@link Subject#getSubject} is gone (24 and later). {@link S3PluginClassLoader}
 * lets a library call this one instead: so its name and signature are the JDK's.
 */
public final class CurrentSubject {

    private static final MethodHandle CURRENT = current();

    private CurrentSubject() {}

    private static MethodHandle current() {
        try {
            return MethodHandles.publicLookup()
                    .findStatic(Subject.class, "current", MethodType.methodType(Subject.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /**
     * The current subject.
     *
     * @param unused what the JDK's method took before the subject was bound to the thread
     */
    @SuppressWarnings("removal") // The type stays as long as the JDK can run what was compiled with it.
    public static Subject getSubject(java.security.AccessControlContext unused) {
        try {
            return (Subject) CURRENT.invokeExact();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
