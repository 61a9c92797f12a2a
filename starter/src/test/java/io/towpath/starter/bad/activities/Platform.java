package io.towpath.starter.bad.activities;

import io.towpath.starter.bad.screen.AsksThePlatform;

/** Stands for a class of {@code activities}; its package has no package-info, on purpose. */
public record Platform(AsksThePlatform screen) {}
