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
package dev.trestle.server.objectstore;

import dev.trestle.server.files.ScopedKey;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What a vended key opens of a store: one directory, also where a request names its objects in its body or its query. */
final class ScopedBlobStore extends ForwardingBlobStore {

    private final ScopedKey.Scope scope;

    ScopedBlobStore(BlobStore all, ScopedKey.Scope scope) {
        super(all);
        this.scope = scope;
    }

    @Override
    public ListBucketsResponse list() {
        throw denied();
    }

    @Override
    public CreateBucketResponse createContainer(CreateBucketRequest request) {
        throw denied();
    }

    @Override
    public void deleteBucket(String bucket) {
        throw denied();
    }

    @Override
    public void deleteContainer(String bucket) {
        throw denied();
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
        require(request.bucket(), request.prefix());
        return super.list(request);
    }

    @Override
    public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
        require(request.bucket(), request.key());
        return super.removeBlob(request);
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        require(request.sourceBucket(), request.sourceKey());
        require(request.destinationBucket(), request.destinationKey());
        return super.copyBlob(request);
    }

    private void require(String bucket, String object) {
        if (!scope.contains(bucket + "/" + object)) {
            throw denied();
        }
    }

    private static S3Exception denied() {
        return (S3Exception) S3Exception.builder()
                .statusCode(403)
                .message("The key opens another directory")
                .awsErrorDetails(
                        AwsErrorDetails.builder().errorCode("AccessDenied").build())
                .build();
    }
}
