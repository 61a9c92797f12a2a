package io.towpath.sandbox.drs;

/** Which version of the standard a port speaks; a strict client of 1.2 refuses later fields. */
public enum Profile {
  V1_2("1.2.0"),
  V1_5("1.5.0");

  private final String version;

  Profile(String version) {
    this.version = version;
  }

  String version() {
    return version;
  }

  /** Bulk routes, authorizations, and the cloud and availability of access methods. */
  boolean isLater() {
    return this != V1_2;
  }
}
