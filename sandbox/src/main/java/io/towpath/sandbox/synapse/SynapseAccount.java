package io.towpath.sandbox.synapse;

import java.util.Set;

/**
 * A person whom the stand-in knows.
 *
 * @param userId principal id, a number as Synapse writes it
 * @param token the personal access token that signs the person in
 * @param certified whether the person may create anything but projects
 * @param scopes what the token allows: {@code view}, {@code download}, {@code modify}
 */
public record SynapseAccount(
    String userId,
    String userName,
    String email,
    String token,
    boolean certified,
    Set<String> scopes) {

  /** The principal id of calls without a token (AuthorizationConstants). */
  static final String ANONYMOUS_ID = "273950";

  static final SynapseAccount ANONYMOUS =
      new SynapseAccount(ANONYMOUS_ID, "anonymous", "", "", false, Set.of("view", "download"));

  public SynapseAccount {
    scopes = Set.copyOf(scopes);
  }

  /** A certified user whose token has the scopes {@code view}, {@code download}, {@code modify}. */
  public static SynapseAccount certified(String userId, String userName, String token) {
    return new SynapseAccount(
        userId,
        userName,
        userName + "@example.org",
        token,
        true,
        Set.of("view", "download", "modify"));
  }

  boolean isAnonymous() {
    return userId.equals(ANONYMOUS_ID);
  }
}
