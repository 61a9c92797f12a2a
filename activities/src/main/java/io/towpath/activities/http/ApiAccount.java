package io.towpath.activities.http;

import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * One account of an API, for all adapters that call it under the same credential: they share its
 * quota.
 *
 * @param name of its connection on the worker
 * @param base root of the API, without a slash at its end
 * @param budget the quota of the credential
 * @param authorize adds the credential to a request
 * @param dialect how the platform words its refusals and counts its quota
 */
public record ApiAccount(
    String name,
    HttpUrl base,
    RateBudget budget,
    UnaryOperator<Request> authorize,
    Dialect dialect) {
  /** The same account at another server that takes its credential. */
  public ApiAccount at(HttpUrl server, Dialect spoken) {
    return new ApiAccount(name, server, budget, authorize, spoken);
  }

  /** The same account with one more header on each call. */
  public ApiAccount with(String header, String value) {
    return new ApiAccount(
        name,
        base,
        budget,
        request -> authorize.apply(request).newBuilder().header(header, value).build(),
        dialect);
  }
}
