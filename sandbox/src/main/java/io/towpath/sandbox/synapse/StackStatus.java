package io.towpath.sandbox.synapse;

/** Whether the stack works; in any other state than READ_WRITE every call is answered 503. */
public enum StackStatus {
  READ_WRITE,
  READ_ONLY,
  DOWN
}
