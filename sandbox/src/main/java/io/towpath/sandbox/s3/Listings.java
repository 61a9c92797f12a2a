package io.towpath.sandbox.s3;

import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Urls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes entries out of S3's XML listings. */
final class Listings {
  private static final Pattern CONTENTS =
      Pattern.compile(
          "<Contents>(?:(?!</Contents>).)*?<Key>([^<]*)</Key>.*?</Contents>", Pattern.DOTALL);
  private static final Pattern BUCKET =
      Pattern.compile(
          "<Bucket>(?:(?!</Bucket>).)*?<Name>([^<]*)</Name>.*?</Bucket>", Pattern.DOTALL);
  private static final Pattern KEY_COUNT = Pattern.compile("<KeyCount>(\\d+)</KeyCount>");

  private Listings() {}

  static Reply withoutKeys(Reply listing, Predicate<String> hidden) throws IOException {
    String xml = text(listing);
    boolean encoded = xml.contains("<EncodingType>url</EncodingType>");
    long gone =
        CONTENTS.matcher(xml).results().filter(found -> hides(found, encoded, hidden)).count();
    String shown =
        CONTENTS
            .matcher(xml)
            .replaceAll(
                found ->
                    hides(found, encoded, hidden) ? "" : Matcher.quoteReplacement(found.group()));
    String counted =
        KEY_COUNT
            .matcher(shown)
            .replaceAll(
                found -> "<KeyCount>" + (Long.parseLong(found.group(1)) - gone) + "</KeyCount>");
    return again(listing, counted);
  }

  static Reply withoutBuckets(Reply listing, Predicate<String> hidden) throws IOException {
    String shown =
        BUCKET
            .matcher(text(listing))
            .replaceAll(
                found ->
                    hidden.test(found.group(1)) ? "" : Matcher.quoteReplacement(found.group()));
    return again(listing, shown);
  }

  private static boolean hides(MatchResult found, boolean encoded, Predicate<String> hidden) {
    String key = found.group(1);
    return hidden.test(encoded ? Urls.decodePath(key.replace("+", "%20")) : unescape(key));
  }

  private static String unescape(String xml) {
    return xml.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&");
  }

  static String text(Reply reply) throws IOException {
    try (InputStream body = reply.body()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static Reply again(Reply reply, String xml) {
    Reply shown = Reply.text(reply.status(), "application/xml", xml);
    for (var header : reply.headers().entrySet()) {
      shown = shown.with(header.getKey(), header.getValue());
    }
    return shown;
  }
}
