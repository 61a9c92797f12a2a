package io.towpath.sandbox.synapse;

import java.util.regex.Pattern;

/** What an entity may be called. */
final class NameRules {
  private static final Pattern LEGAL = Pattern.compile("^[a-zA-Z0-9,_. \\-+()']+$");
  private static final int MAX_LENGTH = 256;
  static final int MAX_DESCRIPTION = 1000;

  private NameRules() {}

  static String checked(String given) {
    String name = given.strip();
    if (!LEGAL.matcher(name).matches()) {
      throw Refusals.badRequest(
          "Invalid Name: '"
              + given
              + "'. Names may only contain: letters, numbers, spaces, underscores, hyphens,"
              + " periods, plus signs, apostrophes, and parentheses");
    }
    if (name.length() > MAX_LENGTH) {
      throw Refusals.badRequest(
          "Name cannot exceed "
              + MAX_LENGTH
              + " characters. The provided name has "
              + name.length());
    }
    return name;
  }

  static String checkedDescription(String description) {
    if (description.length() > MAX_DESCRIPTION) {
      throw Refusals.badRequest("Description must be at most " + MAX_DESCRIPTION + " characters");
    }
    return description;
  }
}
