/** A JVM that begins and ends. */
class Hello {
  public static void main(String[] arguments) {
    System.out.println("Usage: hello");
  }
}
