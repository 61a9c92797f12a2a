package io.towpath.activities.http;

/**
 * What a request belongs to, as its tag: who is asked, and how that platform counts its quota. Not
 * a word of it is sent.
 *
 * @param platform the platform's name, for messages
 * @param account the name of the connection whose credential it is
 */
record ApiCall(String platform, String account, Dialect dialect) {}
