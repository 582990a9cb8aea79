#!/bin/sh
# Debian's Chromium for the page tests, where we may install it (root on Debian or Ubuntu). Never fails: without it
# those tests skip and say how to get it.
if command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing Chromium for the page tests"
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1 && exit 0
fi
echo "no Chromium here: the page tests will be skipped (Debian or Ubuntu: apt-get install chromium)"
