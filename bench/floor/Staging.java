import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The least that stages: files by four ranges of 8 MiB at a time into parts of S3, MD5 compared. */
class Staging {
  record Part(byte[] bytes, String etag) {}

  /** A plan has a line for each file: link to ask Synapse for, MD5, a link to S3 for each part. */
  public static void main(String[] arguments) throws Exception {
    var four = Executors.newFixedThreadPool(4);
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    for (String file : Files.readAllLines(Path.of(arguments[0]))) {
      String[] words = file.split(" ");
      String source = new String(open(words[0], "Authorization", "Bearer " + arguments[1]).readAllBytes());
      Queue<Future<Part>> parts = new ArrayDeque<>();
      for (int i = 2; i < words.length || !parts.isEmpty(); i++) {
        if (i >= words.length || parts.size() == 4) {
          Part part = parts.remove().get();
          md5.update(part.bytes());
          System.out.println(part.etag());
        }
        if (i < words.length) {
          long first = (i - 2) * (8L << 20);
          String target = words[i];
          parts.add(four.submit(() -> copy(source, first, target)));
        }
      }
      String found = HexFormat.of().formatHex(md5.digest());
      if (!found.equals(words[1])) throw new IOException(found + " is not " + words[1]);
    }
    four.shutdown();
  }

  private static Part copy(String source, long first, String target) throws IOException {
    byte[] bytes = open(source, "Range", "bytes=" + first + "-" + (first + (8 << 20) - 1)).readAllBytes();
    HttpURLConnection to = (HttpURLConnection) new URL(target).openConnection();
    to.setRequestMethod("PUT");
    to.setDoOutput(true);
    to.setFixedLengthStreamingMode(bytes.length);
    to.getOutputStream().write(bytes);
    to.getInputStream().readAllBytes();
    return new Part(bytes, to.getHeaderField("ETag"));
  }

  private static InputStream open(String url, String header, String value) throws IOException {
    var from = new URL(url).openConnection();
    from.setRequestProperty(header, value);
    return from.getInputStream();
  }
}
