package io.towpath.sandbox.image;

/** One run of a container's program; how it stands is asked, never pushed. */
public interface Run {
  /** The number of the signal that ends a program at once. */
  int KILL = 9;

  /** The number of the signal that asks a program to end. */
  int TERMINATE = 15;

  RunState look();

  /** Sends a signal by its number; without effect when the program has ended. */
  void signal(int number);

  /** Ends the program at once and waits a few seconds at most until it is gone. */
  void kill();
}
