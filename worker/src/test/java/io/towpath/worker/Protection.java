package io.towpath.worker;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.util.Optional;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.StubMethod;
import net.bytebuddy.pool.TypePool;

/**
 * What keeps one request at one effect. Each can be taken out of this JVM, by rewriting a method
 * before its class is loaded: what the others hold then shows what this one is for.
 */
enum Protection {
  FIND_BEFORE(
      "the find before each send",
      "activities.tower.LaunchEffect",
      "find",
      "activities.tower.PipelineName"),
  CLAIM("the claim", "activities.ledger.ClaimRules", "decide", "activities.ledger.Ledger"),
  INTENT(
      "the intent", "activities.ledger.LedgerEffects", "writeIntent", "activities.ledger.Ledger"),
  ONE_SHOT_BODY(
      "the body that is sent once",
      "activities.http.OneShotJson",
      "isOneShot",
      "activities.http.Redaction"),
  SETTLE_WAIT(
      "the settle wait", "activities.submit.Settle", "lookAgain", "activities.submit.Hidden"),
  MD5_COMPARE(
      "the comparison of MD5",
      "activities.transfer.StreamCopy",
      "requireStated",
      "activities.transfer.Md5"),
  SECOND_LISTING(
      "the second listing",
      "workflows.transfer.ListOutputs",
      "settleMillis",
      "workflows.transfer.StageLayout");

  private final String called;
  private final String type;
  private final String method;
  private final String neighbour;

  /**
   * @param type the class to rewrite, without the package of all
   * @param method that protects
   * @param neighbour a class of the same package, as only such a one may bring others in
   */
  Protection(String called, String type, String method, String neighbour) {
    this.called = called;
    this.type = type;
    this.method = method;
    this.neighbour = neighbour;
  }

  /** As the proof's page calls it. */
  String called() {
    return called;
  }

  /** Takes it out; its class must not have been used. */
  void remove() {
    ClassLoader loader = Protection.class.getClassLoader();
    ClassFileLocator classes = ClassFileLocator.ForClassLoader.of(loader);
    TypeDescription described = TypePool.Default.of(loader).describe(name(type)).resolve();
    try (classes) {
      MethodHandles.Lookup near =
          MethodHandles.privateLookupIn(
              Class.forName(name(neighbour), false, loader), MethodHandles.lookup());
      new ByteBuddy()
          .redefine(described, classes)
          .method(named(method))
          .intercept(instead())
          .make()
          .load(loader, ClassLoadingStrategy.UsingLookup.of(near));
    } catch (ReflectiveOperationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String name(String type) {
    return "io.towpath." + type;
  }

  private Implementation instead() {
    return switch (this) {
      case FIND_BEFORE, SETTLE_WAIT -> FixedValue.value(Optional.empty());
      case INTENT -> FixedValue.value(true);
      case ONE_SHOT_BODY -> FixedValue.value(false);
      case MD5_COMPARE -> StubMethod.INSTANCE;
      case SECOND_LISTING -> FixedValue.value(0L);
      case CLAIM -> FixedValue.value(open());
    };
  }

  /** As if nothing stood against the next generation. */
  private Object open() {
    try {
      for (Object move : Class.forName(name(type) + "$Move").getEnumConstants()) {
        if (move.toString().equals("OPEN")) {
          return move;
        }
      }
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
    throw new IllegalStateException("no such move");
  }
}
