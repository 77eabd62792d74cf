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

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import javax.security.auth.Subject;
import org.apache.paimon.plugin.ComponentClassLoader;
import org.apache.paimon.plugin.PluginLoader;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Loads the classes of Paimon's S3 plugin on a JDK of which the Hadoop inside knows nothing yet: on 24 and later its question
 * for the current user would end in an exception.
 */
final class S3PluginClassLoader extends ComponentClassLoader {

    private static final String ASKS_FOR_THE_USER = "org.apache.hadoop.security.UserGroupInformation";
    private static final String[] OWNER_FIRST = {
        "org.slf4j",
        "org.apache.log4j",
        "org.apache.logging",
        "org.apache.commons.logging",
        "ch.qos.logback",
        "javax.xml.bind",
        "org.codehaus.janino",
        "org.codehaus.commons",
        "org.apache.commons.lang3",
        CurrentSubject.class.getName()
    };

    S3PluginClassLoader(URL plugin, ClassLoader owner) {
        super(new URL[] {plugin}, owner, OWNER_FIRST, new String[] {"org.apache.paimon"});
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (!name.equals(ASKS_FOR_THE_USER)) {
            return super.findClass(name);
        }
        URL file = findResource(name.replace('.', '/') + ".class");
        if (file == null) {
            throw new ClassNotFoundException(name);
        }
        try (InputStream in = file.openStream()) {
            byte[] patched = askingCurrentSubject(in.readAllBytes());
            return defineClass(name, patched, 0, patched.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private static byte[] askingCurrentSubject(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        return new CallsRedirected(super.visitMethod(access, name, descriptor, signature, exceptions));
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static final class CallsRedirected extends MethodVisitor {

        CallsRedirected(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            boolean asks = owner.equals(Type.getInternalName(Subject.class)) && name.equals("getSubject");
            super.visitMethodInsn(
                    opcode, asks ? Type.getInternalName(CurrentSubject.class) : owner, name, descriptor, isInterface);
        }
    }

    /** A plugin loader that loads through this class loader. */
    PluginLoader asPluginLoader(String directory) {
        return new PluginLoader(directory) {

            @Override
            @SuppressWarnings("unchecked") // Paimon's own signature.
            public <T> T newInstance(String name) {
                try {
                    return (T) loadClass(name).getDeclaredConstructor().newInstance();
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public ClassLoader submoduleClassLoader() {
                return S3PluginClassLoader.this;
            }
        };
    }
}
