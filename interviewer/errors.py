"""Errors a person can cause. Each says what is wrong, where, and how to mend it, in one line."""

from __future__ import annotations


class InterviewerError(Exception):
    """Base of every error whose message is meant for the person at the terminal."""

    exit_status = 1


class UsageError(InterviewerError):
    """Wrong usage or bad input: an unknown round, a broken file, an unwritable home."""

    exit_status = 2
