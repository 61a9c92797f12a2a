package io.towpath.activities.outside;

import io.towpath.sandbox.web.HttpsFiles;
import okhttp3.OkHttpClient;

/** A client for which the stand-in is the open internet: its names, sockets and certificate. */
public final class OutsideClient {
  private OutsideClient() {}

  public static OkHttpClient of(HttpsFiles stand) {
    return new OkHttpClient.Builder()
        .dns(stand::addresses)
        .socketFactory(stand.sockets())
        .sslSocketFactory(stand.tls(), stand.trust())
        .build();
  }
}
