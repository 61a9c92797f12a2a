package io.towpath.sandbox.indexd;

import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Platform;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import io.towpath.sandbox.http.Router;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Gen3 indexd as one port of the sandbox. */
public final class IndexdPlatform implements Platform {
  private static final String BASIC = "Basic ";

  private final Index index;
  private final RouteTable table;

  public IndexdPlatform(IndexdSettings settings) {
    this.index = new Index(settings);
    this.table = new RouteTable(index);
    new RecordRoutes(index).register(table);
    new RecordSearch(index).register(table);
    new AliasRoutes(index).register(table);
    new BundleRoutes(index).register(table);
    new DrsRoutes(index).register(table);
    new SystemRoutes(index).register(table);
  }

  /** Whether bodies may tell the content's dates; older servers refuse them as unknown. */
  public void knowDates(boolean knows) {
    synchronized (index) {
      index.knowsDates = knows;
    }
  }

  @Override
  public String name() {
    return "indexd";
  }

  @Override
  public List<String> bases() {
    return List.of("");
  }

  @Override
  public List<Route> routes() {
    return table.routes();
  }

  @Override
  public Router router() {
    return new IndexdRouter(routes());
  }

  /** indexd answers 403 to a wrong password, and 401 to whoever brings none. */
  @Override
  public Authentication authenticate(Call call) {
    Optional<String> basic =
        call.header("authorization")
            .filter(header -> header.regionMatches(true, 0, BASIC, 0, BASIC.length()))
            .map(header -> header.substring(BASIC.length()).strip());
    if (basic.isEmpty()) {
      return Authentication.refused(refusal(call, 401, "Permission denied."));
    }
    String own = index.settings.user() + ":" + index.settings.password();
    return MessageDigest.isEqual(own.getBytes(StandardCharsets.UTF_8), decoded(basic.get()))
        ? Authentication.of(index.settings.user())
        : Authentication.refused(refusal(call, 403, "username / password mismatch"));
  }

  private static Reply refusal(Call call, int status, String message) {
    return call.path().startsWith(DrsRoutes.BASE)
        ? Refusals.drs(status, message)
        : Refusals.reply(status, message);
  }

  private static byte[] decoded(String basic) {
    try {
      return Base64.getDecoder().decode(basic);
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }

  @Override
  public Optional<Reply> throttle(Call call) {
    return Optional.empty();
  }

  @Override
  public Reply error(int status, String message) {
    return Refusals.reply(status, message);
  }
}
