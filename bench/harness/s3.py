"""Signs single calls on S3, for floors that hold no keys and for looking after them."""

import hashlib
import hmac
import http.client
import re
import time
import urllib.parse


class S3:
    def __init__(self, settings):
        self._endpoint = urllib.parse.urlsplit(settings["AWS_ENDPOINT_URL_S3"])
        self._key, self._secret = settings["AWS_ACCESS_KEY_ID"], settings["AWS_SECRET_ACCESS_KEY"]
        self._region = settings["AWS_REGION"]

    def url(self, method, bucket, key, query=None):
        """A URL that is good for one method and an hour (AWS Signature Version 4 in the query)."""
        now = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        scope = f"{now[:8]}/{self._region}/s3/aws4_request"
        asked = {**(query or {}), "X-Amz-Algorithm": "AWS4-HMAC-SHA256", "X-Amz-Credential": f"{self._key}/{scope}",
                 "X-Amz-Date": now, "X-Amz-Expires": "3600", "X-Amz-SignedHeaders": "host"}
        text = "&".join(f"{quote(name)}={quote(value)}" for name, value in sorted(asked.items()))
        path = f"/{bucket}/{quote(key, '/')}"
        canonical = f"{method}\n{path}\n{text}\nhost:{self._endpoint.netloc}\n\nhost\nUNSIGNED-PAYLOAD"
        to_sign = f"AWS4-HMAC-SHA256\n{now}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
        secret = ("AWS4" + self._secret).encode()
        for word in scope.split("/"):
            secret = hmac.digest(secret, word.encode(), "sha256")
        signature = hmac.digest(secret, to_sign.encode(), "sha256").hex()
        return f"http://{self._endpoint.netloc}{path}?{text}&X-Amz-Signature={signature}"

    def call(self, method, bucket, key, query=None, body=b""):
        url = urllib.parse.urlsplit(self.url(method, bucket, key, query))
        connection = http.client.HTTPConnection(url.netloc)
        try:
            connection.request(method, f"{url.path}?{url.query}", body)
            answer = connection.getresponse()
            text = answer.read()
            if answer.status >= 300:
                raise OSError(f"{method} {key}: {answer.status} {text[:300]!r}")
            return answer, text.decode(errors="replace")
        finally:
            connection.close()

    def begin(self, bucket, key):
        """The id of a new multipart upload."""
        return re.search("<UploadId>([^<]+)", self.call("POST", bucket, key, {"uploads": ""})[1])[1]

    def complete(self, bucket, key, upload, etags):
        parts = "".join(f"<Part><PartNumber>{number}</PartNumber><ETag>{etag}</ETag></Part>"
                        for number, etag in enumerate(etags, 1))
        body = f"<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>"
        self.call("POST", bucket, key, {"uploadId": upload}, body.encode())

    def put(self, bucket, key, body):
        self.call("PUT", bucket, key, body=body)

    def size(self, bucket, key):
        return int(self.call("HEAD", bucket, key)[0].headers["Content-Length"])

    def keys(self, bucket, prefix):
        """The first thousand keys below a prefix."""
        return re.findall("<Key>([^<]+)</Key>", self.call("GET", bucket, "", {"list-type": "2", "prefix": prefix})[1])

    def delete(self, bucket, key):
        self.call("DELETE", bucket, key)


def quote(text, safe=""):
    return urllib.parse.quote(text, safe=safe + "-_.~")
