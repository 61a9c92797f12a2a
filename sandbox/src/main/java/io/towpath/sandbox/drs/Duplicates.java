package io.towpath.sandbox.drs;

/**
 * What a second request to mint an id for the same object in the same dataset leads to. The real
 * server's behaviour is not documented, so clients have to stand all of them.
 */
public enum Duplicates {
  /** Another id for the same bytes. */
  NEW_ID,
  /** The first id again. */
  SAME_ID,
  /** 409. */
  REFUSED
}
