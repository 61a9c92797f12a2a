"""Plants files in the sandbox's Synapse over its REST API."""

import hashlib
import http.client
import io
import json
import threading
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

MODEL = "org.sagebionetworks.repo.model."
PART = 8 << 20


class Synapse:
    def __init__(self, settings):
        self._base = urllib.parse.urlsplit(settings["SYNAPSE_ENDPOINT"])
        self._token = settings["SYNAPSE_AUTH_TOKEN"]
        self._local = threading.local()

    def call(self, method, path, body=None):
        text = self._text(method, path, body)
        return json.loads(text) if text else {}

    def _text(self, method, path, body=None):
        """One call, repeated for as long as the quota refuses it."""
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        while True:
            status, text = self._exchange(method, path, json.dumps(body) if body is not None else None, headers)
            if status != 429:
                break
            time.sleep(0.1)
        if status >= 300:
            raise OSError(f"{method} {path}: {status} {text[:300]!r}")
        return text

    def _exchange(self, method, path, body, headers):
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = http.client.HTTPConnection(self._base.netloc)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()

    def entity(self, kind, parent, name, **fields):
        return self.call("POST", "/repo/v1/entity",
                         {"concreteType": MODEL + kind, "parentId": parent, "name": name, **fields})["id"]

    def folder(self, parent, name):
        return self.entity("Folder", parent, name)

    def upload(self, name, content):
        """A file handle of what this binary file holds, in Synapse's own bucket."""
        parts = [hashlib.md5(part).hexdigest() for part in _parts(content)]
        size = content.tell()
        status = self.call("POST", "/file/v1/file/multipart", {
            "concreteType": MODEL + "file.MultipartUploadRequest", "fileName": name,
            "fileSizeBytes": size, "partSizeBytes": PART, "contentType": "application/octet-stream",
            "contentMD5Hex": md5_of(content)})
        if status["state"] == "COMPLETED":  # the same bytes under the same name before
            return status["resultFileHandleId"]
        base = f"/file/v1/file/multipart/{status['uploadId']}"
        for number, (md5, part) in enumerate(zip(parts, _parts(content)), 1):
            signed = self.call("POST", f"{base}/presigned/url/batch", {"partNumbers": [number]})["partPresignedUrls"][0]
            url = urllib.parse.urlsplit(signed["uploadPresignedUrl"])
            code, text = self._exchange("PUT", f"{url.path}?{url.query}", part, signed["signedHeaders"])
            if code >= 300:
                raise OSError(f"part {number}: {code} {text[:300]!r}")
            self.call("PUT", f"{base}/add/{number}?partMD5Hex={md5}")
        return self.call("PUT", f"{base}/complete")["resultFileHandleId"]

    def file(self, parent, name, content):
        """A file with these bytes, or with what this binary file holds."""
        opened = io.BytesIO(content) if isinstance(content, bytes) else content
        return self.entity("FileEntity", parent, name, dataFileHandleId=self.upload(name, opened))

    def copies(self, parent, original, names):
        """Entities of their own with handles of their own, on the one object of a file."""
        handle = self.call("GET", f"/repo/v1/entity/{original}")["dataFileHandleId"]
        handles = []
        for at in range(0, len(names), 100):
            answer = self.call("POST", "/file/v1/filehandles/copy", {"copyRequests": [
                {"originalFile": {"fileHandleId": handle, "fileHandleAssociateId": original,
                                  "fileHandleAssociateType": "FileEntity"}, "newFileName": name}
                for name in names[at:at + 100]]})
            handles += [one["newFileHandle"]["id"] for one in answer["copyResults"]]
        with ThreadPoolExecutor(3) as pool:
            return list(pool.map(
                lambda pair: self.entity("FileEntity", parent, pair[0], dataFileHandleId=pair[1]),
                zip(names, handles)))

    def sheet(self, parent, name, ids):
        """A sample sheet with a row for each file."""
        rows = "".join(f"s{number:06d},syn://{id},,auto\n" for number, id in enumerate(ids))
        return self.file(parent, name, ("sample,fastq_1,fastq_2,strandedness\n" + rows).encode())

    def download(self, file):
        """The bytes of a file, by the link that Synapse signs for it."""
        link = urllib.parse.urlsplit(self._text("GET", f"/repo/v1/entity/{file}/file?redirect=false").decode())
        code, content = self._exchange("GET", f"{link.path}?{link.query}", None, {})
        if code >= 300:
            raise OSError(f"{file}: {code} {content[:300]!r}")
        return content

    def location(self, bucket):
        """A bucket of one's own as a place for files; the same again where it was made before."""
        return self.call("POST", "/repo/v1/storageLocation", {
            "concreteType": MODEL + "project.ExternalS3StorageLocationSetting", "uploadType": "S3",
            "bucket": bucket})["storageLocationId"]

    def registered(self, parent, name, bucket, key, size, md5):
        """A file that lies in a bucket of one's own, whose owner.txt names us."""
        return self.registered_at(self.location(bucket), parent, name, (bucket, key, size, md5))

    def registered_at(self, location, parent, name, stored):
        """The same at a location that is known."""
        bucket, key, size, md5 = stored
        handle = self.call("POST", "/file/v1/externalFileHandle/s3", {
            "concreteType": MODEL + "file.S3FileHandle", "bucketName": bucket, "key": key, "fileName": name,
            "contentType": "application/octet-stream", "contentMd5": md5, "contentSize": size,
            "storageLocationId": location})
        return self.entity("FileEntity", parent, name, dataFileHandleId=handle["id"])


def _parts(content):
    content.seek(0)
    while part := content.read(PART):
        yield part


def md5_of(content):
    """The MD5 of a binary file. A part is in memory at a time: what we hold when we start a process counts as its peak."""
    md5 = hashlib.md5()
    for part in _parts(content):
        md5.update(part)
    return md5.hexdigest()
