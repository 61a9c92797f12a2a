package io.towpath.sandbox.seqera;

import java.security.SecureRandom;
import java.util.Random;
import java.util.UUID;

/** Ids in the platform's forms. */
final class Ids {
  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int WORKFLOW_LENGTH = 14;
  private static final int LONG_ID_LENGTH = 22;
  private static final String[] ADJECTIVES = {
    "amazing", "boring", "clever", "drunk", "elegant", "focused", "gloomy", "happy", "jolly",
    "lonely"
  };
  private static final String[] NAMES = {
    "babbage",
    "curie",
    "darwin",
    "euler",
    "franklin",
    "gauss",
    "hopper",
    "kirch",
    "lovelace",
    "sanger"
  };

  private final Random random = new SecureRandom();
  private long nextNumber = 275_887_156_211_600L;

  String workflow() {
    return base62(WORKFLOW_LENGTH);
  }

  /** Of launches, datasets and actions. */
  String base62() {
    return base62(LONG_ID_LENGTH);
  }

  String session() {
    return UUID.randomUUID().toString();
  }

  synchronized long number() {
    return nextNumber++;
  }

  String runName() {
    return ADJECTIVES[random.nextInt(ADJECTIVES.length)]
        + '_'
        + NAMES[random.nextInt(NAMES.length)];
  }

  private String base62(int length) {
    StringBuilder id = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      id.append(BASE62.charAt(random.nextInt(BASE62.length())));
    }
    return id.toString();
  }
}
