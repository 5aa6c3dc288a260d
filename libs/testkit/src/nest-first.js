/**
 * Loads Nest before anything else. @nestjs/throttler is CommonJS and requires it; jest refuses that while Nest, an ES module, is still being
 * linked ("Cannot require() ES Module in a cycle"). Plain node does not mind.
 */
import 'reflect-metadata';
import '@nestjs/common';
import '@nestjs/core';
