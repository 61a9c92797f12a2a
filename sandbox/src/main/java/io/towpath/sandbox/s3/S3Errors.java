package io.towpath.sandbox.s3;

import io.towpath.sandbox.http.Reply;

/** S3's error documents. */
final class S3Errors {
  private S3Errors() {}

  static Reply reply(int status, String code, String message) {
    String escaped = message.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return Reply.text(
        status,
        "application/xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>"
            + code
            + "</Code><Message>"
            + escaped
            + "</Message><RequestId>0000000000000000</RequestId></Error>");
  }
}
