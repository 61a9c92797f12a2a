package io.towpath.starter.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;

/** A further ETL of the demo; it is asked for twice. */
interface Act {
  String kind();

  /** Where its report is kept, in the demo's folder. */
  String file();

  void introduce();

  String request();

  /** Where its progress goes. */
  default PrintStream progress(PrintStream out) {
    return out;
  }

  /** Tells what came of it; whether that is as it should be. */
  boolean tell(JsonNode report) throws IOException, InterruptedException;
}
