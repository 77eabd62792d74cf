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
package dev.trestle.server.files;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes a class file call a static method of another class, of the same name and signature. Only the constant pool changes
 * (JVM specification, 4.4): the class that the method's reference names.
 */
final class MethodOwnerPatch {

    private static final int MAGIC_AND_VERSION = 8;
    private static final int UTF8 = 1;
    private static final int CLASS = 7;
    private static final int METHOD_REFERENCE = 10;
    private static final int NAME_AND_TYPE = 12;

    private final byte[] classFile;
    private final Map<Integer, String> texts = new HashMap<>();
    private final Map<Integer, Integer> classNames = new HashMap<>();
    private final Map<Integer, Integer> methodNames = new HashMap<>();
    /** By the offset of a reference in the file: the class and the name and type that it refers to. */
    private final Map<Integer, int[]> references = new HashMap<>();

    private int poolSize;
    private int poolEnd;

    private MethodOwnerPatch(byte[] classFile) {
        this.classFile = classFile;
        readPool();
    }

    /** @param owner with slashes, as is {@code newOwner} */
    static byte[] apply(byte[] classFile, String owner, String method, String newOwner) {
        return new MethodOwnerPatch(classFile).patched(owner, method, newOwner);
    }

    private void readPool() {
        ByteArrayInputStream bytes = new ByteArrayInputStream(classFile);
        try (DataInputStream in = new DataInputStream(bytes)) {
            in.skipNBytes(MAGIC_AND_VERSION);
            poolSize = in.readUnsignedShort();
            for (int index = 1; index < poolSize; index++) {
                int offset = classFile.length - bytes.available();
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case UTF8 -> texts.put(index, in.readUTF());
                    case CLASS -> classNames.put(index, in.readUnsignedShort());
                    case METHOD_REFERENCE ->
                        references.put(offset, new int[] {in.readUnsignedShort(), in.readUnsignedShort()});
                    case NAME_AND_TYPE -> {
                        methodNames.put(index, in.readUnsignedShort());
                        in.skipNBytes(2);
                    }
                    case 8, 16, 19, 20 -> in.skipNBytes(2);
                    case 15 -> in.skipNBytes(3);
                    case 3, 4, 9, 11, 17, 18 -> in.skipNBytes(4);
                    case 5, 6 -> {
                        in.skipNBytes(8);
                        index++; // A long or double takes two places.
                    }
                    default -> throw new IOException("Unknown constant " + tag);
                }
            }
            poolEnd = classFile.length - bytes.available();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] patched(String owner, String method, String newOwner) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(classFile.length + newOwner.length() + 8);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            byte[] pool = new byte[poolEnd - MAGIC_AND_VERSION - 2];
            System.arraycopy(classFile, MAGIC_AND_VERSION + 2, pool, 0, pool.length);
            references.forEach((offset, reference) -> {
                if (owner.equals(texts.get(classNames.get(reference[0])))
                        && method.equals(texts.get(methodNames.get(reference[1])))) {
                    int place = offset - MAGIC_AND_VERSION - 2 + 1;
                    int newClass = poolSize + 1;
                    pool[place] = (byte) (newClass >>> 8);
                    pool[place + 1] = (byte) newClass;
                }
            });
            out.write(classFile, 0, MAGIC_AND_VERSION);
            out.writeShort(poolSize + 2);
            out.write(pool);
            out.writeByte(UTF8);
            out.writeUTF(newOwner);
            out.writeByte(CLASS);
            out.writeShort(poolSize);
            out.write(classFile, poolEnd, classFile.length - poolEnd);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
