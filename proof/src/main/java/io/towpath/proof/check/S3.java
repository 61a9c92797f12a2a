package io.towpath.proof.check;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads buckets by S3's REST API, with requests signed by hand. */
public final class S3 {
  private final Web web;
  private final String endpoint;
  private final Signature signature;

  /**
   * The store that an environment names.
   *
   * @param env as the sandbox writes it: endpoint and credentials
   */
  public S3(Map<String, String> env) {
    this(new Web(), env);
  }

  S3(Web web, Map<String, String> env) {
    this.web = web;
    this.endpoint = env.getOrDefault("AWS_ENDPOINT_URL_S3", "");
    this.signature =
        new Signature(
            env.getOrDefault("AWS_ACCESS_KEY_ID", ""),
            env.getOrDefault("AWS_SECRET_ACCESS_KEY", ""),
            env.getOrDefault("AWS_REGION", ""));
  }

  /** The bytes at an {@code s3://} URI, empty when nothing lies there. */
  Optional<byte[]> object(String uri) {
    String path = uri.substring("s3://".length());
    return web.bytes(signed("/" + path, new TreeMap<>()));
  }

  /**
   * URIs of everything below a folder, which an {@code s3://} URI with a slash at its end names.
   */
  List<String> list(String folder) {
    String bucket = bucket(folder);
    Map<String, String> query = new TreeMap<>(Map.of("list-type", "2", "prefix", key(folder)));
    List<String> found = new ArrayList<>();
    String next;
    do {
      byte[] page = web.bytes(signed("/" + bucket, query)).orElseThrow();
      texts(page, "Key").forEach(key -> found.add("s3://" + bucket + "/" + key));
      next = texts(page, "NextContinuationToken").stream().findFirst().orElse("");
      query.put("continuation-token", next);
    } while (!next.isEmpty());
    return found;
  }

  /** URIs of what the first answer tells of below a folder. */
  public List<String> firstPage(String folder) {
    String bucket = bucket(folder);
    Map<String, String> query = new TreeMap<>(Map.of("list-type", "2", "prefix", key(folder)));
    byte[] page = web.bytes(signed("/" + bucket, query)).orElseThrow();
    return texts(page, "Key").stream().map(key -> "s3://" + bucket + "/" + key).toList();
  }

  /** URIs below a folder to which an upload in parts is open. */
  List<String> openUploads(String folder) {
    String bucket = bucket(folder);
    Map<String, String> query = new TreeMap<>(Map.of("uploads", "", "prefix", key(folder)));
    byte[] page = web.bytes(signed("/" + bucket, query)).orElseThrow();
    return texts(page, "Key").stream().map(key -> "s3://" + bucket + "/" + key).toList();
  }

  static String bucket(String uri) {
    return uri.substring("s3://".length()).replaceFirst("/.*", "");
  }

  static String key(String uri) {
    return uri.substring("s3://".length() + bucket(uri).length() + 1);
  }

  private HttpRequest.Builder signed(String path, Map<String, String> query) {
    String encoded = encoded(path).replace("%2F", "/");
    String asked =
        query.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    String host = URI.create(endpoint).getRawAuthority();
    HttpRequest.Builder request =
        Web.get(endpoint + encoded + (asked.isEmpty() ? "" : "?" + asked));
    signature.headers(host, encoded, asked).forEach(request::header);
    return request;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static List<String> texts(byte[] xml, String element) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      NodeList nodes =
          factory
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(xml))
              .getElementsByTagName(element);
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < nodes.getLength(); i++) {
        texts.add(nodes.item(i).getTextContent());
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ParserConfigurationException | SAXException e) {
      throw new IllegalStateException("an answer of S3 is no XML", e);
    }
  }
}
